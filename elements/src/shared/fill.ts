/** Template directive that sets how full a bar is, without a style attribute (strict CSP). */
import { noChange } from 'lit';
import { Directive, directive } from 'lit/directive.js';
import type { ElementPart } from 'lit/directive.js';

class FillDirective extends Directive {
  #last: number | undefined;

  render(_fraction: number): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [fraction]: [number]): typeof noChange {
    if (fraction !== this.#last) (part.element as HTMLElement).style.setProperty('--fill', fraction.toFixed(4));
    this.#last = fraction;
    return noChange;
  }
}

/** `html`<span class="fill" ${fill(0.4)}></span>``; the style sheet moves the bar by `transform`. */
export const fill = directive(FillDirective);
