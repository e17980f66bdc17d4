/** What the manifest documents of each element. */

interface Documented {
  name: string;
  description: string;
  type: { text: string };
  fieldName?: string;
  reflects?: boolean;
}

type List = 'attributes' | 'members' | 'events' | 'slots' | 'cssParts' | 'cssProperties' | 'cssStates';

export type Declaration = { tagName: string; name: string } & Record<List, Documented[]>;

const { modules } = (await (await fetch(new URL('../../elements/custom-elements.json', import.meta.url))).json()) as {
  modules: { declarations: Declaration[] }[];
};

export const declarations = modules.flatMap((module) => module.declarations);
