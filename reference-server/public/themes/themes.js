/** The theme page: the same stories in every look. Time stands still. */
import '/elements/aura-jobs.js';
import { NOW } from '/gallery/jobs.js';
import { showStory } from '/gallery/show-story.js';
import { stories } from '/gallery/stories.js';

const LOOKS = {
  light: 'Default, light',
  dark: 'Default, dark',
  material: 'On a Material page',
  fluent: 'On a Fluent page',
  brutalist: 'Brutalist',
  contrast: 'High contrast',
  paper: 'Paper',
};

/** Beside each other, so that bar, ring, notices, buttons and links are all seen. */
const COLUMNS = [
  ['aura-job-progress/bar/running', 'aura-job-progress/ring/running', 'aura-job-progress/compact/succeeded'],
  ['aura-render-status/card/warned'],
  ['aura-render-status/card/failed', 'aura-job-progress/bar/reconnecting'],
];

Date.now = () => NOW;

for (const [look, title] of Object.entries(LOOKS)) {
  const section = document.createElement('section');
  const heading = document.createElement('h2');
  const samples = document.createElement('div');
  section.className = look;
  heading.textContent = title;
  samples.className = 'samples';
  section.append(heading, samples);
  document.getElementById('looks')?.append(section);
  for (const ids of COLUMNS) {
    const column = document.createElement('div');
    samples.append(column);
    for (const id of ids) {
      const story = stories.find((one) => one.id === id);
      if (story) await showStory(story, column);
    }
  }
}
document.documentElement.dataset.ready = '';
