/** The gallery's stories in element tests: plain modules that the demo server serves as they are. */

export interface Story {
  id: string;
  tag: string;
  variant: string;
  state: string;
}

interface Gallery {
  stories: Story[];
  VARIANTS: Record<string, string[]>;
  /** Puts the story into `place` and resolves once it is shown. */
  showStory: (story: Story, place: HTMLElement) => Promise<HTMLElement>;
  /** The time at which all stories play. */
  NOW: number;
}

export async function loadGallery(): Promise<Gallery> {
  const load = async (file: string): Promise<object> =>
    (await import(new URL(`../../reference-server/public/gallery/${file}`, import.meta.url).href)) as object;
  const parts = await Promise.all(['stories.js', 'show-story.js', 'jobs.js'].map(load));
  return Object.assign({}, ...parts) as Gallery;
}
