/** The context under which a page provides one client to all elements below. */
import { createContext } from '@lit/context';
import type { JobSource } from './job-source.ts';

/**
 * Key for `@lit/context`. Two copies of this module use the same one.
 *
 * @example new ContextProvider(document.body, { context: auraClientContext, initialValue: new AuraClient({ … }) });
 */
export const auraClientContext = createContext<JobSource>(Symbol.for('aura-jobs.client'));
