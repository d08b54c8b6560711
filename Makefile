# Reprise: everything that is built or cached goes under build/. `make help` lists the targets.

BUILD ?= build
V     ?= 0
MAKEFLAGS += --jobs=$(shell nproc)   # unless -jN is given
Q     := $(if $(filter 1,$(V)),,@)
say    = $(if $(filter 1,$(V)),,@printf '  %-7s %s\n' $(1) $(2))

# --- compilers and libraries -------------------------------------------------------------------

ifeq ($(origin CC),default)
CC       := gcc
endif
WARN     := -Wall -Wextra -Wshadow -Wmissing-prototypes -Wvla -Wstrict-prototypes \
            -Wpointer-arith -Wdouble-promotion
WERROR   ?= $(if $(CI),-Werror)
# What every processor of the machine that is built for has: AVX2 and fused multiply-adds, or NEON, which has them. There,
# `char` would have no sign.
MACHINE       := $(firstword $(subst -, ,$(or $(shell $(CC) -dumpmachine 2>&-),$(shell uname -m))))
EVERY_x86_64  := -march=x86-64-v3
EVERY_aarch64 := -march=armv8-a -fsigned-char
$(if $(EVERY_$(MACHINE)),,$(error Reprise runs on Linux on x86-64 and aarch64; $(CC) builds for $(MACHINE)))
# No -ffast-math and no contraction: the same bits on every machine.
NUMERICS := $(EVERY_$(MACHINE)) -ffp-contract=off -fno-math-errno -fno-trapping-math
OPTIMIZE := -O3 $(NUMERICS)
CFLAGS   ?= -g

# The libraries may be installed only while make runs (see `packages`), so they are looked for when
# the first recipe needs them, not when this file is read. `once` then keeps the answer.
once       = $(eval $(1) := $$(shell $(2)))$($(1))
PACKAGES   := jansson expat libarchive libcurl libcrypto libutf8proc
PKG_CFLAGS  = $(call once,PKG_CFLAGS,pkg-config --cflags $(PACKAGES))
PKG_LIBS    = $(call once,PKG_LIBS,pkg-config --libs $(PACKAGES))

VERSION    := 0.2.0
STRICT     := -std=c17 -D_GNU_SOURCE
ALL_CFLAGS  = $(STRICT) $(OPTIMIZE) $(CFLAGS) $(WARN) $(WERROR) -Iengine $(PKG_CFLAGS)
ALL_LIBS    = $(PKG_LIBS) -lm
# What one source file alone is told: base/host.c knows how it was built, and matrix products have ways that only
# some processors go (they are asked first).
DEFINES_host = -DREPRISE_FLAGS='"$(OPTIMIZE)"' -DREPRISE_VERSION='"$(VERSION)"' \
               -DREPRISE_COMMIT='"$(file <$(BUILD)/commit)"'
AVX512                        := -mavx512f -mavx512bw -mavx512dq -mavx512vl
DEFINES_dropout_mask_avx512   := $(AVX512)
DEFINES_gemm_fp32_avx512      := $(AVX512)
DEFINES_gemm_bf16_avx512      := $(AVX512)
DEFINES_gemm_bf16_avx512_bf16 := $(AVX512) -mavx512bf16
DEFINES_gemm_bf16_amx         := $(AVX512) -mavx512bf16 -mamx-tile -mamx-bf16

# Tests run once: the time to compile them counts for more than their own.
FLAGS_tests    := -O1 $(if $(CI),-g1)
# Where the sanitizers' tests spend their time.
FLAGS_loops    := -O2
# Builds of the same sources: the product, the double-precision tests, the sanitizers, the fuzzer.
BUILDS         := float double sanitize fuzz
FLAGS_float    :=
FLAGS_double   := -DREPRISE_DOUBLE
FLAGS_sanitize := -O1 -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
FLAGS_fuzz     := -Wno-error -Wno-double-promotion -Wno-missing-field-initializers -O1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined \
                  -idirafter $(BUILD)/tidy/include
# libFuzzer is part of clang, which knows no OpenMP in Debian: what it builds runs in one thread.
CC_fuzz        := clang
OPENMP_fuzz    := -fopenmp=libgomp

# --- sources -----------------------------------------------------------------------------------

ONLY_x86_64   := %_avx512.c %_avx512_bf16.c %_amx.c
SOURCES       := $(filter-out $(if $(filter x86_64,$(MACHINE)),,$(ONLY_x86_64)),$(sort $(wildcard engine/*/*.c engine/*/*/*.c)))
LIB_SOURCES   := $(filter-out engine/cli/%,$(SOURCES))
CLI_SOURCES   := $(filter engine/cli/%,$(SOURCES))
# LAYER=kernels builds and runs the tests of one layer only.
LAYER         ?= *
suite         := tests-$(if $(filter *,$(LAYER)),all,$(LAYER))
BENCH_SOURCES := $(sort $(wildcard tests/bench/*.c))
TEST_SOURCES  := $(filter-out $(BENCH_SOURCES) %_main.c,$(sort $(wildcard tests/$(LAYER)/*.c tests/*.c)))

# Rooms whose machine code is the same whatever `real` is (check-double holds them to it): what the float build
# shows of them holds for the double one, which tests the others.
SAME_IN_DOUBLE := analysis data question report result spec statistics text
only_in_float  := $(if $(filter-out *,$(LAYER)),,$(foreach room,$(SAME_IN_DOUBLE),tests/$(room)/%))
tests_of        = $(filter-out $(if $(filter double,$(1)),$(only_in_float)),$(TEST_SOURCES))

compiler = $(or $(CC_$(1)),$(CC)) $(or $(OPENMP_$(1)),-fopenmp)
objects = $(patsubst %.c,$(BUILD)/$(1)/%.o,$(2))

.PHONY: paper check-paper all test test-float test-double check bench golden format doc experiment plan status compare data help clean packages FORCE \
        named check-tests check-static check-layers check-tree check-format check-doc \
        check-double check-make check-bench check-install check-outside mutants fuzz install uninstall
.DEFAULT_GOAL := all

# --- build -------------------------------------------------------------------------------------

all: $(BUILD)/reprise ## release build: build/reprise

$(BUILD)/reprise: $(BUILD)/float/reprise
	$(Q)ln -f $< $@

define build_rules
$(BUILD)/$(1)/%.o: %.c $(BUILD)/$(1)/flags
	$(call say,CC,$$@)
	$(Q)mkdir -p $$(@D)
	$(Q)$(call compiler,$(1)) $$(ALL_CFLAGS) $(FLAGS_$(1)) $$(SPEED) $$(DEFINES_$$(*F)) -MMD -MP -c -o $$@ $$<

$(BUILD)/$(1)/engine/base/host.o: $(BUILD)/commit
$(BUILD)/$(1)/tests/%.o: SPEED = $(FLAGS_tests)
$(BUILD)/$(1)/tests/bench/%.o: SPEED = $$(BLAS_FLAGS)

$(BUILD)/$(1)/libreprise.a: $(call objects,$(1),$(LIB_SOURCES)) $(BUILD)/$(1)/objects
	$(call say,AR,$$@)
	$(Q)rm -f $$@ && ar rcs $$@ $$(filter %.o,$$^)

$(BUILD)/$(1)/reprise: $(call objects,$(1),$(CLI_SOURCES)) $(BUILD)/$(1)/libreprise.a
	$(call say,LINK,$$@)
	$(Q)$(CC) -fopenmp $(FLAGS_$(1)) -o $$@ $$^ $$(ALL_LIBS)

$(BUILD)/$(1)/$(suite): $(call objects,$(1),$(call tests_of,$(1))) $(BUILD)/$(1)/libreprise.a $(BUILD)/$(1)/$(suite).objects
	$(call say,LINK,$$@)
	$(Q)$(CC) -fopenmp $(FLAGS_$(1)) -o $$@ $$(filter %.o %.a,$$^) $$(ALL_LIBS) -lcriterion

# What depends on these is made again when the flags, or the list of source files, have changed.
$(BUILD)/$(1)/flags: FORCE | packages
	$$(call remember,$(call compiler,$(1)) $$(ALL_CFLAGS) $(FLAGS_$(1)) $(FLAGS_tests) $(FLAGS_loops) $$(ALL_LIBS))
$(BUILD)/$(1)/objects: FORCE
	$$(call remember,$(LIB_SOURCES))
$(BUILD)/$(1)/$(suite).objects: FORCE
	$$(call remember,$(call tests_of,$(1)))
endef

# Writes the text to the target unless it says so already.
remember = @mkdir -p $(@D); text=$(call quote,$(1)); \
           printf '%s\n' "$$text" | cmp -s - $@ || printf '%s\n' "$$text" >$@
quote    = '$(subst ','\'',$(1))'

$(foreach build,$(BUILDS),$(eval $(call build_rules,$(build))))
$(BUILD)/sanitize/engine/kernels/%.o: SPEED = $(FLAGS_loops)

# The commit that last changed the engine, "+" if it was edited since: for provenance.
engine_files := engine Makefile
$(BUILD)/commit: FORCE
	$(call remember,$(or $(shell git log -1 --format=%h --abbrev=12 -- $(engine_files) 2>&-),unknown)$(shell \
	    git diff --quiet HEAD -- $(engine_files) >/dev/null 2>&1 || [ $$? -ne 1 ] || echo +))

# Missing packages are installed before anything else; milliseconds when nothing is missing.
package_groups := build $(if $(filter test check%,$(MAKECMDGOALS)),test) \
                  $(if $(filter experiment test check% paper,$(MAKECMDGOALS)),figures) \
                  $(if $(filter check check-paper paper,$(MAKECMDGOALS)),paper) \
                  $(if $(filter check% format,$(MAKECMDGOALS)),check) \
                  $(if $(filter bench check check-bench,$(MAKECMDGOALS)),bench) \
                  $(if $(filter fuzz,$(MAKECMDGOALS)),fuzz) \
                  $(if $(filter check check-install check-outside,$(MAKECMDGOALS)),outside)
packages:
	@scripts/install-packages $(package_groups)

-include $(wildcard $(foreach build,$(BUILDS),$(BUILD)/$(build)/*/*/*.d $(BUILD)/$(build)/*/*/*/*.d $(BUILD)/$(build)/tests/*.d))

# --- tests and checks --------------------------------------------------------------------------

test: test-float test-double ## all tests, in float, and in double what it changes (LAYER=kernels: one layer)

# Tests of the command run the one of their own build.
test-float:  $(BUILD)/float/$(suite) $(BUILD)/float/reprise
test-double: $(BUILD)/double/$(suite) $(BUILD)/double/reprise
check-tests: $(BUILD)/sanitize/$(suite) $(BUILD)/sanitize/reprise
test-float test-double check-tests:
	$(call say,TEST,$<)
	$(Q)scripts/run-tests $(<D) $(<F) $(TEST_ARGS)

check: check-paper check-tree check-layers check-format check-doc check-make check-install check-outside check-bench check-double check-static check-tests ## sanitizers, static analysis, layers, tree, format

# One small file per source says that it was found clean; its object stands for the headers it includes.
check-static: $(patsubst %.c,$(BUILD)/tidy/%.log,$(SOURCES))
TIDY_FLAGS = $(STRICT) $(NUMERICS) -Iengine $(PKG_CFLAGS) -idirafter $(BUILD)/tidy/include
$(BUILD)/tidy/%.log: $(BUILD)/float/%.o .clang-tidy $(BUILD)/tidy/include/omp.h
	$(call say,TIDY,$*.c)
	$(Q)mkdir -p $(@D)
	$(Q)clang-tidy --quiet $*.c -- $(TIDY_FLAGS) $(DEFINES_$(*F)) >$@ 2>&1 || { cat $@; rm $@; exit 1; }

# clang has no omp.h of its own in Debian; gcc's serves.
$(BUILD)/tidy/include/omp.h: | packages
	$(Q)mkdir -p $(@D) && cp "$$($(CC) -print-file-name=include/omp.h)" $@

check-layers: $(BUILD)/float/libreprise.a
	$(call say,CHECK,layers)
	$(Q)scripts/check-layers $(BUILD)/float

check-double: $(BUILD)/float/libreprise.a $(BUILD)/double/libreprise.a
	$(call say,CHECK,double)
	$(Q)scripts/check-double $(BUILD)/float $(BUILD)/double $(SAME_IN_DOUBLE)

check-tree:
	$(call say,CHECK,tree)
	$(Q)scripts/check-tree

formatted = $(wildcard engine/*/*.[ch] engine/*/*/*.[ch] tests/*.[ch] tests/*/*.[ch])
check-format: | packages
	$(call say,CHECK,format)
	@bad=$$(clang-format --dry-run $(formatted) 2>&1 | sed -nE 's/:[0-9]+:[0-9]+: warning:.*//p' | uniq -c); \
	    [ -z "$$bad" ] || { printf '%s\n' "$$bad" "lines that clang-format would write otherwise: make format"; exit 1; }

# Writes the reference of specs, as it would stand under experiments/, into a folder.
describe_into = mkdir -p $(1)/scales && $(BUILD)/reprise describe --markdown >$(1)/SPEC.md && \
                $(BUILD)/reprise describe --schema >$(1)/spec.schema.json && \
                $(BUILD)/reprise describe --scale-schema >$(1)/scales/scale.schema.json
# The same of manifests, under datasets/.
describe_data_into = mkdir -p $(1) && $(BUILD)/reprise describe dataset --markdown >$(1)/MANIFEST.md && \
                     $(BUILD)/reprise describe dataset --schema >$(1)/manifest.schema.json
check-doc: $(BUILD)/reprise
	$(call say,CHECK,doc)
	$(Q)$(call describe_into,$(BUILD)/doc/experiments)
	$(Q)$(call describe_data_into,$(BUILD)/doc/datasets)
	$(Q)cd $(BUILD)/doc && for file in $$(find experiments datasets -type f); do cmp $$file $(CURDIR)/$$file || \
	    { echo 'the field tables say something else by now: make doc'; exit 1; }; done
	$(Q)scripts/fill-worksheet | cmp - experiments/WORKSHEET.md || \
	    { echo 'the committed results say something else by now: make doc'; exit 1; }
	$(Q)tests/scripts/test-worksheet $(BUILD)/reprise
	$(Q)scripts/fill-readme | cmp - README.md || \
	    { echo 'the committed results have other versions by now: make doc'; exit 1; }
	$(Q)tests/scripts/test-readme
	$(Q)sed -n '/^```json$$/,/^```$$/{/^```/!p}' README.md | cmp - experiments/quickstart.json || \
	    { echo 'README.md shows another quickstart.json than there is'; exit 1; }

check-make:
	$(call say,CHECK,make)
	$(Q)tests/scripts/test-make
	$(Q)tests/scripts/test-packages

golden: ## golden values made again, the same as committed: PYTHON=python3 (tests/golden/requirements.txt)
	$(Q)scripts/check-golden $(BUILD)/golden

check-install: $(BUILD)/reprise
	$(call say,CHECK,install)
	$(Q)tests/scripts/test-install

check-outside: $(BUILD)/reprise
	$(call say,CHECK,outside)
	$(Q)tests/scripts/test-completion $(BUILD)/reprise
	$(Q)tests/scripts/test-example results/README.md

format: | packages ## clang-format, in place
	$(Q)clang-format -i $(formatted)

mutants: packages ## faults put in one at a time: does a test notice? [N=20] [SEED=1] [ROOMS=kernels,train] [AGAIN=1]
	$(Q)scripts/mutants $(if $(N),--n=$(N)) $(if $(SEED),--seed=$(SEED)) $(if $(ROOMS),--rooms=$(ROOMS)) $(if $(AGAIN),--again)

# FUZZ: one target only. What is found is left in build/fuzz/found, to be mended and kept as a seed.
FUZZ         ?= $(notdir $(wildcard tests/fuzz/seeds/*))
FUZZ_SECONDS ?= 60
fuzz_objects := $(call objects,fuzz,tests/fuzz/fuzz_main.c tests/fuzz/fuzz_targets.c)
$(fuzz_objects) $(call objects,fuzz,$(LIB_SOURCES)): | $(BUILD)/tidy/include/omp.h
$(BUILD)/fuzz/fuzz: $(fuzz_objects) $(BUILD)/fuzz/libreprise.a
	$(call say,LINK,$@)
	$(Q)$(CC_fuzz) $(FLAGS_fuzz) -fsanitize=fuzzer -o $@ $^ $(ALL_LIBS) $$($(CC) -print-file-name=libgomp.so)

fuzz: $(BUILD)/fuzz/fuzz ## readers against bytes of all kinds: [FUZZ=rows] [FUZZ_SECONDS=60], each
	$(Q)for target in $(FUZZ); do scripts/fuzz $(BUILD)/fuzz $$target $(FUZZ_SECONDS) || exit 1; done

# --- benchmarks --------------------------------------------------------------------------------

# tests/bench/bench_NAME.c is a program; it writes JSON. The other files there are shared by them.
benches     := $(patsubst tests/bench/%.c,%,$(filter tests/bench/bench_%.c,$(BENCH_SOURCES)))
# The yardstick of products is OpenBLAS (floor.h): its OpenMP build, with the kernels of one processor everywhere.
BLAS_DIR   ?= $(call once,BLAS_DIR,ls -d /usr/lib/*/openblas-openmp /usr/lib64/openblas-openmp 2>&-)
BLAS_FLAGS ?= $(if $(BLAS_DIR),-I$(BLAS_DIR:/usr/lib/%=/usr/include/%))
BLAS_LIBS  ?= $(if $(BLAS_DIR),-L$(BLAS_DIR) -Wl$(comma)-rpath$(comma)$(BLAS_DIR)) -lopenblas
comma      := ,
CORE_x86_64  := Haswell
CORE_aarch64 := ARMV8
bench check-bench: export OPENBLAS_CORETYPE ?= $(CORE_$(MACHINE))
bench_parts := $(call objects,float,$(filter-out tests/bench/bench_%.c,$(BENCH_SOURCES)) $(wildcard tests/kernels/case*.c))

$(benches:%=$(BUILD)/float/%): $(BUILD)/float/%: $(BUILD)/float/tests/bench/%.o $(bench_parts) $(BUILD)/float/libreprise.a
	$(call say,LINK,$@)
	$(Q)$(CC) -fopenmp -o $@ $^ $(BLAS_LIBS) $(ALL_LIBS)

bench: $(benches:%=$(BUILD)/float/%) ## times of kernels and of a training step: build/bench/*.json
	$(Q)mkdir -p $(BUILD)/bench
	$(Q)for bench in $(benches); do \
	    $(BUILD)/float/$$bench >$(BUILD)/bench/$$bench.json && cat $(BUILD)/bench/$$bench.json || exit 1; done

check-bench: $(benches:%=$(BUILD)/float/%)
	$(call say,CHECK,bench)
	$(Q)for bench in $^; do BENCH_ONCE=1 $$bench >/dev/null || exit 1; done

# --- experiments -------------------------------------------------------------------------------

NAME  ?=
SCALE ?= $(if $(filter quickstart,$(NAME)),tiny)
scale  = $(if $(SCALE),--scale $(SCALE))

# NAME=all: all experiments as one plan.
experiment: named $(BUILD)/reprise ## fetch, train, evaluate, tabulate, plot: NAME=quickstart|all [SCALE=tiny] [JOBS=1]
	$(Q)$(BUILD)/reprise run $(NAME) $(scale) $(if $(JOBS),--jobs $(JOBS))

plan: named $(BUILD)/reprise ## what `make experiment` would do, and how long: NAME= [SCALE=]
	$(Q)$(BUILD)/reprise plan $(NAME) $(scale)

status: named $(BUILD)/reprise ## what is done, running and to do: NAME= [SCALE=]
	$(Q)$(BUILD)/reprise status $(NAME) $(scale)

compare: named $(BUILD)/reprise ## the last result against the committed one; fails if worse: NAME= [SCALE=]
	$(Q)$(BUILD)/reprise compare $(NAME) $(scale)

data: named $(BUILD)/reprise ## fetch and verify one data set: NAME=cola
	$(Q)$(BUILD)/reprise data fetch $(NAME)

# The paper as build/paper/reprise.pdf and as the pages of build/paper/site: the same bits from the same results.
PAPER      := $(BUILD)/paper
paper_text := TEXINPUTS=paper:$(PAPER)/generated: SOURCE_DATE_EPOCH=0 FORCE_SOURCE_DATE=1
paper: $(PAPER)/generated ## every result as a document and a site, under build/paper: [SCALE=tiny: its results alone]
	$(call say,LATEX,$(PAPER)/reprise.pdf)
	$(Q)$(paper_text) latexmk -pdf -silent -halt-on-error -outdir=$(PAPER) paper/reprise.tex >$(PAPER)/latexmk.log 2>&1 || \
	    { grep -A 5 '^!' $(PAPER)/reprise.log || cat $(PAPER)/latexmk.log; exit 1; }
	$(call say,PANDOC,$(PAPER)/site)
	$(Q)scripts/build-site $(PAPER)/generated $(PAPER)/site

$(PAPER)/generated: $(BUILD)/reprise FORCE
	$(call say,REPORT,$@)
	$(Q)$(BUILD)/reprise report paper $(scale) --out $@ >/dev/null
	$(Q)cp paper/figures/*.svg $@/figures
	$(Q)for figure in paper/figures/*.svg; do \
	    SOURCE_DATE_EPOCH=0 rsvg-convert -f pdf $$figure -o $@/figures/$$(basename $$figure .svg).pdf || exit 1; done

check-paper: paper
	$(call say,CHECK,paper)
	$(Q)scripts/check-paper $(PAPER)/generated
	$(Q)scripts/check-site $(PAPER)/site $(AXE)
	$(Q)tests/scripts/test-paper $(BUILD)/reprise

named:
	@scripts/require-name $(call quote,$(NAME)) $(MAKECMDGOALS)

doc: $(BUILD)/reprise ## SPEC.md, MANIFEST.md and the JSON Schemas, from the field tables; the worksheet's answers; the README's links; engine/rooms.svg
	$(call say,DOC,experiments)
	$(Q)$(call describe_into,experiments)
	$(Q)$(call describe_data_into,datasets)
	$(Q)scripts/draw-rooms >engine/rooms.svg
	$(Q)scripts/fill-worksheet >$(BUILD)/worksheet.md && cp $(BUILD)/worksheet.md experiments/WORKSHEET.md
	$(Q)scripts/fill-readme >$(BUILD)/readme.md && cp $(BUILD)/readme.md README.md

# --- installing ---------------------------------------------------------------------------------

PREFIX ?= /usr/local
program = $(DESTDIR)$(PREFIX)/bin/reprise
share   = $(DESTDIR)$(PREFIX)/share
ours    = $(share)/reprise

# Where each shell looks for what completes a command.
bash_completion = $(share)/bash-completion/completions/reprise
zsh_completion  = $(share)/zsh/site-functions/_reprise
fish_completion = $(share)/fish/vendor_completions.d/reprise.fish
manual          = $(share)/man/man1/reprise.1

# Writes what the command prints to a file: the command, the file.
printed = file=$(call quote,$(2)) && install -d "$$(dirname "$$file")" && $(BUILD)/reprise $(1) >"$$file" && chmod 644 "$$file"

# Of each result the last version.
last_versions = for scale in results/*/*/; do \
                    for last in "$$scale"v*/; do :; done; \
                    [ ! -d "$$last" ] || find "$$last" -type f -exec install -D -m 644 {} $(call quote,$(ours))/{} \; || exit 1; \
                done

install: $(BUILD)/reprise ## the command, its specs, manifests and results, manual page, completion: [PREFIX=/usr/local] [DESTDIR=]
	$(call say,INSTALL,$(call quote,$(DESTDIR)$(PREFIX)))
	$(Q)install -D -m 755 $(BUILD)/reprise $(call quote,$(program))
	$(Q)install -d $(call quote,$(ours)/experiments/scales) $(call quote,$(ours)/datasets)
	$(Q)install -m 644 LICENSE $(call quote,$(ours))
	$(Q)install -m 644 experiments/*.json $(call quote,$(ours)/experiments)
	$(Q)install -m 644 experiments/scales/*.json $(call quote,$(ours)/experiments/scales)
	$(Q)install -m 644 datasets/*.json $(call quote,$(ours)/datasets)
	$(Q)$(last_versions)
	$(Q)$(call printed,manual,$(manual))
	$(Q)$(call printed,completion bash,$(bash_completion))
	$(Q)$(call printed,completion zsh,$(zsh_completion))
	$(Q)$(call printed,completion fish,$(fish_completion))

uninstall: ## what install put there
	$(Q)rm -rf $(call quote,$(program)) $(call quote,$(ours)) $(call quote,$(manual)) \
	    $(call quote,$(bash_completion)) $(call quote,$(zsh_completion)) $(call quote,$(fish_completion))

# --- housekeeping ------------------------------------------------------------------------------

clean: ## remove what was built (build/store and build/data stay)
	$(Q)rm -rf $(addprefix $(BUILD)/,$(BUILDS) tidy reprise commit)

help: ## this list
	@sed -nE 's/^([a-z]+):.* ## (.*)/\1|\2/p' $(firstword $(MAKEFILE_LIST)) | \
	    while IFS='|' read -r target text; do printf '  make %-11s %s\n' "$$target" "$$text"; done
	@echo '  V=1 shows full commands; BUILD=dir builds elsewhere; CI=1 turns warnings into errors'
