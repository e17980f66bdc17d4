/** Registers `<aura-render-status>`. */
import { defineElement } from '../shared/define-element.ts';
import { AuraRenderStatus } from './render-status.ts';

defineElement('aura-render-status', AuraRenderStatus);
