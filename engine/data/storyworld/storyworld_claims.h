/* Statements about how a story ends: so, not so, or left open by the state. */
#ifndef DATA_STORYWORLD_CLAIMS_H
#define DATA_STORYWORLD_CLAIMS_H

#include "data/storyworld/storyworld_refer.h"

/* Each draws one kind of statement (feelings, owners, places) on what the text has `told`; false when
 * the story has nothing of that kind to say, and the caller draws again. */

/* Something that is so at the end and something of the same kind that is not. */
bool storyworld_claims_pair(StoryEvent *right, StoryEvent *wrong, const Story *story,
                            const StoryDiscourse *told, StoryDraws *draws);

/* Something that the story leaves open: what somebody feels who wants nothing and has nothing, who has a
 * thing that was never spoken of, where somebody is whose place is unknown. */
bool storyworld_claims_open(StoryEvent *claim, const Story *story, const StoryDiscourse *told,
                            StoryDraws *draws);

#endif
