/** What the server sends by itself, for its description: the end of a job, to who asked for it. */
import { z } from 'zod';
import { json } from './openapi-operation.ts';
import { jobEnd } from './schemas/answers.ts';

const header = (description: string) => z.string().meta({ description });

export const webhooks = {
  jobEnd: {
    post: {
      summary: 'A job has ended, and `notify.webhook` was asked for',
      description: 'As Standard Webhooks have it. It comes at least once: `webhook-id` tells a repeat.',
      requestParams: {
        header: z.object({
          'webhook-id': header('Names the message; the same each time it is tried.'),
          'webhook-timestamp': header(
            'When this attempt was made, in Unix seconds. Refuse what is older than 5 minutes.',
          ),
          'webhook-signature': header(
            '`v1,` and HMAC-SHA256 of `{id}.{timestamp}.{body}` in base64; several are separated by a space.',
          ),
        }),
      },
      requestBody: { content: json(jobEnd) },
      responses: {
        '2XX': { description: 'Taken. Anything else is tried again.' },
        '410': { description: 'Not wanted: it is not tried again.' },
      },
    },
  },
} as const;
