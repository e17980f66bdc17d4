/** Notices: a warning, and trouble with a way out of it. */
import { css } from 'lit';

export const noticeStyles = css`
  .notice {
    display: flex;
    align-items: flex-start;
    gap: 0.6em;
    padding: 0.6em 0.8em;
    border-radius: var(--_radius-small);
    background: var(--_warning-surface);
  }

  .notice > svg {
    margin-block-start: 0.1em;
    color: var(--_warning);
  }

  .notice > span {
    flex: 1;
  }

  .lost-notice {
    flex-wrap: wrap;
    align-items: center;
    background: var(--_danger-surface);
  }

  .lost-notice > svg {
    margin-block-start: 0;
    color: var(--_danger);
  }

  .lost-notice > span {
    flex-basis: 12em;
  }

  .lost-notice > button {
    margin-inline-start: auto;
  }

  @media (forced-colors: active) {
    .notice {
      border: 1px solid CanvasText;
    }
  }
`;
