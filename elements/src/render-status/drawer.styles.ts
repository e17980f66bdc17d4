/** The drawer, and the card without a frame. */
import { css } from 'lit';

export const drawerStyles = css`
  :host([variant='drawer']:not([hidden])) {
    display: contents;
  }

  .is-inline {
    padding: 0;
    border: 0;
    background: none;
    box-shadow: none;
  }

  .drawer {
    inline-size: min(var(--aura-drawer-size, 30rem), 100vw);
    max-inline-size: none;
    block-size: 100dvh;
    max-block-size: none;
    margin: 0;
    margin-inline-start: auto;
    padding: 0;
    border-width: 0;
    border-inline-start-width: 1px;
    border-radius: 0;
    overscroll-behavior: contain;
    container-type: inline-size;
    animation: appear 150ms ease-out;
  }

  @keyframes appear {
    from {
      opacity: 0;
    }
  }

  /* In the corner, also when the rest is scrolled; it takes no room. */
  .drawer > .bare {
    display: flex;
    position: sticky;
    inset-block-start: 1.1rem;
    z-index: 1;
    inline-size: 2rem;
    block-size: 2rem;
    margin-block: 1.1rem -3.1rem;
    margin-inline: auto 1rem;
    background: var(--_surface);
  }

  .is-drawer {
    align-content: start;
    min-block-size: 100%;
    padding: 1.25rem;
    border: 0;
    border-radius: 0;
    box-shadow: none;
  }

  .is-drawer header {
    padding-inline-end: 2.5rem;
  }

  .log-tools {
    display: flex;
    gap: 0.5rem;
    margin-block-start: 0.5rem;
  }

  @media (prefers-reduced-motion: reduce) {
    .drawer {
      animation: none;
    }
  }
`;
