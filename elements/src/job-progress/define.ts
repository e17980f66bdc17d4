/** Registers `<aura-job-progress>`. */
import { defineElement } from '../shared/define-element.ts';
import { AuraJobProgress } from './job-progress.ts';

defineElement('aura-job-progress', AuraJobProgress);
