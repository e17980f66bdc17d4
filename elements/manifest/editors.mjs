/** What editors want to know: VS Code's custom data for HTML and CSS, and JetBrains' web types. */

/** Completion and hover texts in HTML files. */
export function vsCodeHtml(elements) {
  return {
    version: 1.1,
    tags: elements.map((element) => ({
      name: element.tagName,
      description: describe(element),
      attributes: element.attributes.map(({ name, description, type }) => ({
        name,
        description,
        ...(type.text === 'boolean' ? { valueSet: 'v' } : {}),
        ...(valuesOf(type.text).length > 0 ? { values: valuesOf(type.text).map((value) => ({ name: value })) } : {}),
      })),
    })),
  };
}

/** Completion of the custom properties in style sheets. */
export function vsCodeCss(elements) {
  return {
    version: 1.1,
    properties: tokensOf(elements).map(({ name, description, default: value }) => ({
      name,
      description: `${description}\n\nDefault: \`${value}\``,
    })),
  };
}

/** https://plugins.jetbrains.com/docs/intellij/websymbols-web-types.html */
export function webTypes(elements, { name, version }) {
  return {
    $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
    name,
    version,
    'description-markup': 'markdown',
    contributions: {
      html: { elements: elements.map(webElement) },
      css: {
        properties: tokensOf(elements).map(({ name: token, description }) => ({ name: token, description })),
      },
    },
  };
}

function webElement(element) {
  const { tagName, attributes, members, events, slots, cssParts, cssProperties } = element;
  return {
    name: tagName,
    description: describe(element),
    attributes: attributes.map(({ name, description, type, default: value }) => ({
      name,
      description,
      ...(value === undefined ? {} : { default: value }),
      value: { type: type.text },
    })),
    slots: slots.map(({ name, description }) => ({ name, description })),
    js: {
      properties: members.map(({ name, description, type }) => ({ name, description, type: type.text })),
      events: events.map(({ name, description }) => ({ name, description })),
    },
    css: {
      parts: cssParts.map(({ name, description }) => ({ name, description })),
      properties: cssProperties.map(({ name, description }) => ({ name, description })),
    },
  };
}

function describe({ summary, description }) {
  return [summary, description].filter(Boolean).join('\n\n');
}

/** The values that a type allows, where it lists them. */
function valuesOf(type) {
  return (type.match(/'[^']*'/g) ?? []).map((value) => value.slice(1, -1)).filter(Boolean);
}

/** Each property once, however many elements read it. */
function tokensOf(elements) {
  return [
    ...new Map(elements.flatMap(({ cssProperties }) => cssProperties.map((token) => [token.name, token]))).values(),
  ];
}
