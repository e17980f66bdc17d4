/** `@aura-jobs/elements/define`: registers all elements; safe to import twice. */
// First, so that elements inside it find it.
import './client/define.ts';
import './job-list/define.ts';
import './job-progress/define.ts';
import './render-status/define.ts';
