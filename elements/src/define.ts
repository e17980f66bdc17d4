/** `@aura-jobs/elements/define`: registers all elements; safe to import twice. */
import './job-progress/define.ts';
import './render-status/define.ts';
