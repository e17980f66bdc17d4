/** The bar of five segments. It moves by transform inside contained layout, never by width. */
import { css } from 'lit';

export const progressBarStyles = css`
  .bar {
    --_bar: var(--_accent);
    --_dir: -1;
    display: grid;
    grid-template-columns: 15fr 20fr 30fr 20fr 15fr;
    gap: var(--aura-bar-gap, 3px);
    block-size: var(--aura-bar-height, 8px);
    contain: strict;
  }

  .bar:dir(rtl) {
    --_dir: 1;
  }

  .segment {
    overflow: clip;
    border-radius: 2px;
    background: var(--_track);
    contain: strict;
  }

  .segment:first-child {
    border-start-start-radius: var(--aura-bar-radius, 99px);
    border-end-start-radius: var(--aura-bar-radius, 99px);
  }

  .segment:last-child {
    border-start-end-radius: var(--aura-bar-radius, 99px);
    border-end-end-radius: var(--aura-bar-radius, 99px);
  }

  /* 101 %: at rest no part of a pixel looks out. */
  .fill {
    display: block;
    block-size: 100%;
    background: var(--_bar);
    transform: translateX(calc(var(--_dir) * (1 - var(--fill, 0)) * 101%));
  }

  .glides .fill {
    transition: transform 300ms ease-out;
  }

  .bar.succeeded {
    --_bar: var(--_success);
  }

  .segment.Failed {
    --_bar: var(--_danger);
    background: color-mix(in oklab, var(--_danger) 30%, var(--_track));
  }

  .bar:is(.canceled, .paused, .lost, .denied) {
    --_bar: var(--_muted);
  }

  .bar:is(.loading, .queued) {
    animation: wait 1.6s ease-in-out infinite alternate;
  }

  :host(:state(offscreen)) .bar.bar {
    animation: none;
  }

  @keyframes wait {
    to {
      opacity: 0.45;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .bar.bar,
    .bar .fill {
      animation: none;
      transition: none;
    }
  }

  @media (forced-colors: active) {
    .segment {
      border: 1px solid CanvasText;
      background: Canvas;
    }

    .fill {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
`;
