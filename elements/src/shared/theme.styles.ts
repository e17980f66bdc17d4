/** Tokens and ground rules of all elements. Light and dark follow the `color-scheme` of the page. */
import { css } from 'lit';

export const themeStyles = css`
  :host {
    --_accent: var(--aura-accent, light-dark(#2b5fc7, #8ab0ff));
    --_on-accent: var(--aura-on-accent, light-dark(#ffffff, #0c1630));
    --_success: var(--aura-success, light-dark(#177245, #63d297));
    --_danger: var(--aura-danger, light-dark(#b3261e, #ff9e96));
    --_warning: var(--aura-warning, light-dark(#855300, #f3c465));
    --_danger-surface: var(--aura-danger-surface, light-dark(#fdf0ef, #35211f));
    --_warning-surface: var(--aura-warning-surface, light-dark(#fff5dd, #322a17));
    --_surface: var(--aura-surface, light-dark(#ffffff, #171a20));
    --_sunken: var(--aura-surface-sunken, light-dark(#f4f6f9, #20242c));
    --_border: var(--aura-border, light-dark(#dce1e8, #323844));
    --_text: var(--aura-text, light-dark(#171b22, #eef1f5));
    --_muted: var(--aura-text-muted, light-dark(#545d6b, #a8b1c0));
    --_track: var(--aura-track, light-dark(#e3e8ef, #2d333f));
    --_radius: var(--aura-radius, 0.75rem);
    --_radius-small: calc(var(--_radius) * 0.6);
    display: block;
    box-sizing: border-box;
    min-inline-size: 0;
    color: var(--_text);
    color-scheme: var(--aura-color-scheme, inherit);
    font: 400 var(--aura-font-size, 0.9375rem) / 1.45
      var(--aura-font-family, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif);
    font-variant-numeric: tabular-nums;
    letter-spacing: normal;
    text-align: start;
    text-transform: none;
    white-space: normal;
    overflow-wrap: anywhere;
  }

  :host([hidden]) {
    display: none;
  }

  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }

  p,
  h2,
  h3,
  ol,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
    font: inherit;
    list-style: none;
  }

  a {
    color: var(--_accent);
    text-underline-offset: 0.15em;
  }

  code {
    font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
    font-size: 0.875em;
  }

  svg {
    display: block;
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .muted {
    color: var(--_muted);
  }

  .danger-text {
    color: var(--_danger);
  }

  /* What the server says may be in another script than the element: it runs its own way, and stays on the side of the rest. */
  .message,
  .job-title,
  .error-message,
  [part='error-message'],
  .remediation,
  .danger-text,
  .name,
  .state,
  .lines span,
  .notice > span {
    text-align: -webkit-match-parent;
    text-align: match-parent;
    unicode-bidi: plaintext;
  }

  /* Whatever the line around the button that opens it does. */
  dialog {
    text-align: start;
    white-space: normal;
  }

  .spoken {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  :focus-visible {
    outline: 2px solid var(--aura-focus, var(--_accent));
    outline-offset: 2px;
  }

  /* A browser keeps the colours of drawings, which may not be seen on the person's own ground. */
  @media (forced-colors: active) {
    svg {
      color: CanvasText !important;
    }
  }
`;
