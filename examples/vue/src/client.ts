/** The one client of this app: the composable and the elements share it, and with it one connection per job. */
import { AuraClient } from '@aura-jobs/sdk';

export const client = new AuraClient({ baseUrl: import.meta.env.VITE_AURA_URL ?? 'http://localhost:5005' });
