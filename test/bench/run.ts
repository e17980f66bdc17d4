/** `npm run bench`: speeds as ratios, side by side in one run. */
import { benchBrowserBurst } from './browser-burst.ts';
import { benchFanOut } from './fan-out/fan-out.ts';
import { benchGrowth } from './fan-out/growth.ts';
import { describe } from './measure.ts';
import { benchStreamReading } from './stream-reading.ts';

for (const contest of await benchStreamReading()) console.log(describe(contest));
console.log(describe(await benchBrowserBurst()));
console.log(await benchFanOut());
console.log(await benchGrowth('docs/growth.svg'));
