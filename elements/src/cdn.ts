/** The script-tag file: registers the elements and exports what a page needs to start jobs. */
import './define.ts';

export * from './index.ts';
export { AuraClient, configure, isAuraError } from '@aura-jobs/sdk';
