/** Bar and ring of five segments. They move by transform and dash inside contained layout, never by width. */
import { css } from 'lit';

export const progressBarStyles = css`
  .meter {
    --_bar: var(--_accent);
    --_dir: -1;
    contain: strict;
  }

  /* Also on paper, from which browsers keep backgrounds away. */
  .meter,
  .step-bar {
    print-color-adjust: exact;
  }

  .bar {
    display: grid;
    grid-template-columns: 15fr 20fr 30fr 20fr 15fr;
    gap: var(--aura-bar-gap, 3px);
    block-size: var(--aura-bar-height, 8px);
  }

  .meter:dir(rtl) {
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

  /* Among many that move, only a segment that moves is a layer of its own. */
  .bar:not(.glides) > :is(.none, .full) {
    overflow: visible;
    contain: layout size;
  }

  .bar:not(.glides) > .full > .fill {
    border-radius: inherit;
    transform: none;
  }

  .bar:not(.glides) > .none > .fill {
    display: none;
  }

  .ring {
    block-size: var(--aura-ring-size, 6rem);
    inline-size: var(--aura-ring-size, 6rem);
  }

  .ring svg {
    inline-size: 100%;
    block-size: 100%;
  }

  .ring circle {
    stroke: var(--_track);
    stroke-width: var(--aura-ring-width, 9);
    stroke-linecap: butt;
    stroke-dasharray: 1 100;
    stroke-dashoffset: calc((1 - var(--fill, 0)) * 1px);
  }

  .ring .arc {
    stroke: var(--_bar);
  }

  /* As it is by default, a bar that is told not to glide any more would go on to its place. */
  .fill,
  .arc {
    transition: none;
  }

  .glides :is(.fill, .arc) {
    transition:
      transform 300ms ease-out,
      stroke-dashoffset 300ms ease-out;
  }

  /* On the lower edge of a row. */
  .step-bar {
    --_bar: var(--_accent);
    --_dir: -1;
    position: absolute;
    inset-inline: 0;
    inset-block-end: -1px;
    block-size: 2px;
    overflow: clip;
    contain: strict;
  }

  .step-bar:dir(rtl) {
    --_dir: 1;
  }

  .meter.succeeded {
    --_bar: var(--_success);
  }

  .meter .Failed {
    --_bar: var(--_danger);
    background: color-mix(in oklab, var(--_danger) 30%, var(--_track));
  }

  .ring .ground.Failed {
    stroke: color-mix(in oklab, var(--_danger) 30%, var(--_track));
  }

  .meter:is(.canceled, .paused, .lost, .denied) {
    --_bar: var(--_muted);
  }

  .meter:is(.loading, .queued) {
    animation: wait 1.6s ease-in-out infinite alternate;
  }

  :host(:state(offscreen)) .meter.meter {
    animation: none;
  }

  @keyframes wait {
    to {
      opacity: 0.45;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .meter.meter,
    .meter :is(.fill, .arc) {
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
      background: var(--_forced, Highlight);
      forced-color-adjust: none;
    }

    .meter:is(.canceled, .paused, .lost, .denied) {
      --_forced: GrayText;
    }

    .meter .Failed {
      --_forced: CanvasText;
    }

    /* Beside a border as dark as itself. */
    .step-bar {
      block-size: 4px;
    }

    .ring .ground.ground {
      stroke: CanvasText;
      stroke-width: 1.5;
    }

    .ring .arc {
      stroke: var(--_forced, Highlight);
    }
  }
`;
