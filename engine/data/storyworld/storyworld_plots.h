/* Plots: how a story goes, as events on the latent state. Each plot branches at random, ends well or
 * badly, and leaves its hero (person 0) glad or sad. */
#ifndef DATA_STORYWORLD_PLOTS_H
#define DATA_STORYWORLD_PLOTS_H

#include "data/storyworld/storyworld_state.h"

/* Casts and simulates one story. `brief`: only what the plot needs, and no closing statements (tasks
 * add their own); otherwise with scenery, feelings and closing statements (books). */
void storyworld_plots_simulate(Story *story, StoryDraws *draws, bool brief, bool held_out);

#endif
