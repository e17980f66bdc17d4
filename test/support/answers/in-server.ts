/** Loaded into a server under test before anything else (`--import`): notes what it answers otherwise than it says. */
import { appendFileSync } from 'node:fs';
import { asyncApiDocument } from '../../../reference-server/src/http/asyncapi.ts';
import { openApiDocument } from '../../../reference-server/src/http/openapi.ts';
import { Description } from './description.ts';
import { watchAnswers } from './watch.ts';

const file = process.env.ANSWERS_NOTED_IN!;
// At once, since the process may be killed at any moment.
watchAnswers(new Description(openApiDocument('test'), asyncApiDocument('test')), (difference) =>
  appendFileSync(file, `${difference}\n`),
);
