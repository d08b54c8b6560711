# Reprise: everything that is built or cached goes under build/. `make help` lists the targets.

BUILD ?= build
V     ?= 0
Q     := $(if $(filter 1,$(V)),,@)
say    = $(if $(filter 1,$(V)),,@printf '  %-7s %s\n' $(1) $(2))

# --- compilers and libraries -------------------------------------------------------------------

CC       ?= gcc
WARN     := -Wall -Wextra -Wshadow -Wmissing-prototypes -Wvla -Wstrict-prototypes -Wpointer-arith
WERROR   ?= $(if $(CI),-Werror,)
# No -ffast-math and no contraction: the same bits on every x86-64-v3 machine.
NUMERICS := -march=x86-64-v3 -ffp-contract=off -fno-math-errno -fno-trapping-math
OPTIMIZE := -O3 $(NUMERICS)
CFLAGS   ?= -g

PACKAGES   := jansson libarchive libcurl libcrypto libutf8proc
# The OpenMP build of OpenBLAS stands beside others in Debian; link and run with exactly that one.
BLAS_DIR   ?= $(firstword $(wildcard /usr/lib/x86_64-linux-gnu/openblas-openmp /usr/lib64/openblas-openmp))
BLAS_FLAGS ?= $(if $(BLAS_DIR),-I/usr/include/x86_64-linux-gnu/openblas-openmp)
BLAS_LIBS  ?= $(if $(BLAS_DIR),-L$(BLAS_DIR) -Wl$(comma)-rpath$(comma)$(BLAS_DIR)) -lopenblas
comma      := ,

VERSION := 0.1.0
STRICT  := -std=c17 -D_GNU_SOURCE
ALL_CFLAGS = $(STRICT) $(OPTIMIZE) $(CFLAGS) $(WARN) $(WERROR) -fopenmp -Iengine $(BLAS_FLAGS) \
             $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null) -MMD -MP
ALL_LIBS   = $(BLAS_LIBS) $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lm

# Three builds of the same sources: the product, the double-precision tests, the sanitizers.
FLAGS_float    :=
FLAGS_double   := -DREPRISE_DOUBLE
FLAGS_sanitize := -O1 -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer

# --- sources -----------------------------------------------------------------------------------

SOURCES      := $(sort $(wildcard engine/*/*.c))
LIB_SOURCES  := $(filter-out engine/cli/%,$(SOURCES))
CLI_SOURCES  := $(filter engine/cli/%,$(SOURCES))
# LAYER=kernels builds and runs the tests of one layer only.
LAYER        ?= *
TEST_SOURCES := $(sort $(wildcard tests/$(LAYER)/*.c) $(wildcard tests/*.c))
BENCH_SOURCES := $(sort $(wildcard tests/bench/*.c))
TEST_SOURCES := $(filter-out $(BENCH_SOURCES),$(TEST_SOURCES))

objects = $(patsubst %.c,$(BUILD)/$(1)/%.o,$(2))

# OpenBLAS picks its kernels when it is loaded; tests pin them as `reprise` does itself.
export OPENBLAS_CORETYPE ?= Haswell

.PHONY: all test check bench format experiment plan compare data help clean
.DEFAULT_GOAL := all

all: $(BUILD)/reprise ## release build: build/reprise

$(BUILD)/reprise: $(call objects,float,$(CLI_SOURCES)) $(BUILD)/float/libreprise.a
	$(call say,LINK,$@)
	$(Q)$(CC) -fopenmp -o $@ $^ $(ALL_LIBS)

define build_rules
$(BUILD)/$(1)/%.o: %.c Makefile
	$(call say,CC,$$@)
	$(Q)mkdir -p $$(dir $$@)
	$(Q)$(CC) $$(ALL_CFLAGS) $(FLAGS_$(1)) -c -o $$@ $$<

$(BUILD)/$(1)/libreprise.a: $(call objects,$(1),$(LIB_SOURCES))
	$(call say,AR,$$@)
	$(Q)rm -f $$@ && ar rcs $$@ $$^

$(BUILD)/$(1)/tests-$(if $(filter *,$(LAYER)),all,$(LAYER)): $(call objects,$(1),$(TEST_SOURCES)) $(BUILD)/$(1)/libreprise.a
	$(call say,LINK,$$@)
	$(Q)$(CC) -fopenmp $(FLAGS_$(1)) -o $$@ $$^ $$(ALL_LIBS) -lcriterion
endef
$(foreach build,float double sanitize,$(eval $(call build_rules,$(build))))

$(BUILD)/float/engine/base/host.o: CFLAGS += -DREPRISE_FLAGS='"$(OPTIMIZE)"' -DREPRISE_VERSION='"$(VERSION)"'
$(BUILD)/double/engine/base/host.o: CFLAGS += -DREPRISE_FLAGS='"$(OPTIMIZE)"' -DREPRISE_VERSION='"$(VERSION)"'
$(BUILD)/sanitize/engine/base/host.o: CFLAGS += -DREPRISE_FLAGS='"$(OPTIMIZE)"' -DREPRISE_VERSION='"$(VERSION)"'

suite := tests-$(if $(filter *,$(LAYER)),all,$(LAYER))

test: $(BUILD)/float/$(suite) $(BUILD)/double/$(suite) ## all tests, in float and in double (LAYER=kernels: one layer)
	$(Q)$(BUILD)/float/$(suite) $(TEST_ARGS)
	$(Q)$(BUILD)/double/$(suite) $(TEST_ARGS)

clean: ## remove what was built (build/store and build/data stay)
	$(Q)rm -rf $(BUILD)/float $(BUILD)/double $(BUILD)/sanitize $(BUILD)/reprise

help: ## this list
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|'

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
