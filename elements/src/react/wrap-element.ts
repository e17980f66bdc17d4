/** Turns an element into a React component. */
import { createElement, forwardRef, useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import type { ForwardRefExoticComponent, HTMLAttributes, RefAttributes } from 'react';

/** `aura-job-completed` is heard as `onAuraJobCompleted`. */
type Listener<Event extends string> = `on${Pascal<Event>}`;
type Pascal<Words extends string> = Words extends `${infer First}-${infer Rest}`
  ? `${Capitalize<First>}${Pascal<Rest>}`
  : Capitalize<Words>;

/** Properties and events of an element, and whatever every HTML element takes. */
export type WrappedProps<Element, Own extends keyof Element, Event extends keyof HTMLElementEventMap> = Omit<
  HTMLAttributes<Element>,
  Own
> &
  Partial<Pick<Element, Own>> & { [Name in Event as Listener<Name>]?: (event: HTMLElementEventMap[Name]) => void };

/** A component around an element; its `ref` is the element. */
export type Wrapped<
  Element,
  Own extends keyof Element,
  Event extends keyof HTMLElementEventMap,
> = ForwardRefExoticComponent<WrappedProps<Element, Own, Event> & RefAttributes<Element>>;

/** Server rendering runs no effects, and React 18 warns of this one. */
const useCommit = typeof document === 'undefined' ? useEffect : useLayoutEffect;

/**
 * React 18 sets attributes alone and hears only its own events; this component sets properties and listens. It does the
 * same in React 19.
 *
 * @param own names of the element's properties
 * @param events names of the element's events
 */
export function wrapElement<
  Tag extends keyof HTMLElementTagNameMap,
  Own extends keyof HTMLElementTagNameMap[Tag] & string,
  Event extends keyof HTMLElementEventMap = never,
>(tag: Tag, own: readonly Own[], events: readonly Event[] = []): Wrapped<HTMLElementTagNameMap[Tag], Own, Event> {
  const listeners = new Map(events.map((event) => [listenerName(event), event]));

  function Component(props: Record<string, unknown>, ref: React.Ref<HTMLElement>) {
    const element = useRef<HTMLElement & Record<string, unknown>>(null);
    const presets = useRef(new Map<string, unknown>());
    const handlers = useRef(props);
    useImperativeHandle(ref, () => element.current!, []);
    useCommit(() => {
      handlers.current = props;
      for (const name of own) setProperty(element.current!, presets.current, name, props[name]);
    });
    useCommit(() => {
      const stop = new AbortController();
      for (const [name, event] of listeners) {
        const hear = (given: globalThis.Event): void => (handlers.current[name] as EventListener | undefined)?.(given);
        element.current!.addEventListener(event, hear, stop);
      }
      return () => stop.abort();
    }, []);
    return createElement(tag, { ...attributesOf(props), ref: element });
  }

  /** React's own: `class` is what React 18 writes for a custom element, where `className` would come out as `classname`. */
  function attributesOf({ className, ...props }: Record<string, unknown>): Record<string, unknown> {
    const names = Object.keys(props).filter((name) => !listeners.has(name) && !own.includes(name as Own));
    const attributes = Object.fromEntries(names.map((name) => [name, props[name]]));
    return className === undefined ? attributes : { ...attributes, class: className };
  }

  const wrapped = forwardRef(Component as never);
  wrapped.displayName = tag;
  return wrapped as never;
}

/** What is no longer given is what it was before it was first given. */
function setProperty(
  element: Record<string, unknown>,
  presets: Map<string, unknown>,
  name: string,
  value: unknown,
): void {
  if (value === undefined && !presets.has(name)) return;
  if (!presets.has(name)) presets.set(name, element[name]);
  const wanted = value === undefined ? presets.get(name) : value;
  if (element[name] !== wanted) element[name] = wanted;
}

function listenerName(event: string): string {
  return `on${event.replace(/(?:^|-)(\w)/g, (_match, letter: string) => letter.toUpperCase())}`;
}
