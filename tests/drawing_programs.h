/* Tests of figures need the programs that draw them. */
#ifndef TESTS_DRAWING_PROGRAMS_H
#define TESTS_DRAWING_PROGRAMS_H

/* Skips the test, with what is missing, where one is not installed. */
void drawing_programs_need(void);

#endif
