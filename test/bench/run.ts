/** `npm run bench`: speeds as ratios, side by side in one run. `npm run bench elements` runs those of that name alone. */
import { benchAppends } from './appends.ts';
import { benchBrowserBurst } from './browser-burst.ts';
import { benchDistributed } from './distributed.ts';
import { benchElementLoad } from './element-load.ts';
import { benchBehindNginx } from './fan-out/behind-nginx.ts';
import { benchFanOut } from './fan-out/fan-out.ts';
import { benchGrowth } from './fan-out/growth.ts';
import { benchNeighbours } from './fan-out/neighbours.ts';
import { benchListLoad } from './list-load.ts';
import { describe } from './measure.ts';
import { benchStreamReading } from './stream-reading.ts';

const BENCHES: Record<string, () => Promise<string>> = {
  reading: async () => (await benchStreamReading()).map(describe).join('\n'),
  burst: async () => describe(await benchBrowserBurst()),
  elements: async () => `${await benchElementLoad()}\n${await benchListLoad()}`,
  readers: () => benchFanOut(),
  neighbours: benchNeighbours,
  nginx: benchBehindNginx,
  appends: benchAppends,
  engines: benchDistributed,
  growth: () => benchGrowth('docs/growth.svg'),
};

const names = process.argv.slice(2);
for (const name of names)
  if (!BENCHES[name]) throw new Error(`No bench "${name}". There are ${Object.keys(BENCHES).join(', ')}.`);
for (const name of names.length > 0 ? names : Object.keys(BENCHES)) console.log(await BENCHES[name]!());
