/** `npm run bench`: speeds as ratios, side by side in one run. */
import { benchBrowserBurst } from './browser-burst.ts';
import { benchDistributed } from './distributed.ts';
import { benchFanOut } from './fan-out.ts';
import { describe } from './measure.ts';
import { benchStreamReading } from './stream-reading.ts';

for (const contest of await benchStreamReading()) console.log(describe(contest));
console.log(describe(await benchBrowserBurst()));
console.log(await benchFanOut());
console.log(await benchDistributed());
