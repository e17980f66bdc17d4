/**
 * Material for the offline writer that belongs to one kind of video. In each text the first facet opens the video, the
 * last one closes it, and those between come first in its middle. Format: see facet.ts.
 */
import { DEMO_TEXT, MARKETING_TEXT, WELCOME_TEXT } from './presenting-text.ts';
import type { ScriptKind } from './script-kind.ts';
import { EDUCATIONAL_TEXT, TUTORIAL_TEXT } from './teaching-text.ts';

const GENERAL_TEXT = `
# Introducing {t} | Hello | First of all
> Let's talk about {t}.
> Today we take a closer look at {t}.
> This video is about {t}, and you need no previous knowledge to enjoy it.
This video was made for {audience}.
Our goal is clear: {goal}.
There is more to it than meets the eye.
A few simple thoughts are enough for a start.
You can pause at any time, and you can always come back to a part that you like.

# In closing | Before you go
> Thanks for watching.
> That's it for now.
> That was our look at {t}.
Remember the goal: {goal}.
Pick the one idea that spoke to you most and do something with it today.
+ The rest will still be here tomorrow.
Ask somebody what they know about the topic; you may both be surprised.
See you soon.
Goodbye!
{farewell}
`;

/** The whole middle of a video that has time for one or two sentences there. */
export const NUTSHELL_TEXT = `
# In a nutshell | The short version | At a glance
> Look closely and ask.
> Start small and stay curious.
> A few simple ideas explain most of it.
> Begin with the whole, then look at the parts.
> Small steps lead further than big plans, and they start today.
> Look closely, ask simple questions and try things out for yourself.
> The best way to explore {t} is to look closely and ask simple questions.
Everything else is detail, and it can wait.
You will see the pattern once you know where to look.
And that is easier than it sounds.
`;

/** The text of each kind. */
export const KIND_TEXTS: Readonly<Record<ScriptKind, string>> = {
  general: GENERAL_TEXT,
  educational: EDUCATIONAL_TEXT,
  tutorial: TUTORIAL_TEXT,
  demo: DEMO_TEXT,
  marketing: MARKETING_TEXT,
  welcome: WELCOME_TEXT,
};
