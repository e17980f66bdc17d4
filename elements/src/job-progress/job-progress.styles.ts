/** Layout of `<aura-job-progress>`. */
import { css } from 'lit';

export const jobProgressStyles = css`
  .base {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.45rem;
    position: relative;
  }

  .head {
    display: flex;
    align-items: baseline;
    gap: 0.6em;
  }

  .title {
    font-weight: 600;
  }

  .message {
    flex: 1 1 0;
    min-inline-size: 0;
    overflow: hidden;
    color: var(--_muted);
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .percent {
    flex: none;
    margin-inline-start: auto;
    min-inline-size: 4ch;
    font-weight: 600;
    text-align: end;
  }

  /* One line of one height, whatever comes and goes in it. */
  .foot {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    min-block-size: 1.75rem;
  }

  .foot > :first-child:not(.side) {
    flex: 1 1 0;
    min-inline-size: 0;
  }

  .foot .facts {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .side {
    display: flex;
    flex: none;
    align-items: center;
    gap: 0.8rem;
    max-inline-size: 100%;
    margin-inline-start: auto;
    white-space: nowrap;
  }
`;
