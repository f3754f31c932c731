import fc from 'fast-check';
import { document } from './validator.js';

type Schema = Record<string, any>;

/** Text of every kind that has broken a server: long, empty, half a character, a path, a control. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.string({ maxLength: 40 }) },
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...[
        '',
        ' ',
        '.',
        '..',
        '../../etc/passwd',
        '/etc/passwd',
        '/dev/zero',
        'C:\\x',
        '\0',
        'a\0b',
      ],
      ...['%s%n%d', '"; DROP TABLE videos; --', '*', 'NaN', 'Infinity', '1e309', '-0', '0x10'],
      ...['__proto__', 'constructor', 'toString', '\ud800', 'é', '도깨비', '💥'.repeat(50)],
      ...['true', 'null', '[]', '{}', 'x'.repeat(5000), '\r\nSet-Cookie: a=b'],
    ),
  },
);

const anyNumber: fc.Arbitrary<number> = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, -1, 1, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 63, 1e308, 0.1),
);

/** Any JSON value at all. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  { weight: 2, arbitrary: anyText },
  { weight: 2, arbitrary: anyNumber },
  { weight: 1, arbitrary: fc.constant(JSON.parse('['.repeat(2000) + ']'.repeat(2000))) },
);

/** Mostly what the schema asks for, somewhere something else. */
export function roughly(schema: Schema, known: readonly string[]): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 9, arbitrary: fitting(schema, known) },
    { weight: 1, arbitrary: anyJson },
  );
}

function fitting(given: Schema, known: readonly string[]): fc.Arbitrary<unknown> {
  const schema = resolved(given);
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...schema['enum']);
  const union = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(union)) return fc.oneof(...union.map((each) => roughly(each, known)));
  const [type] = [schema['type']].flat();
  if (type === 'object') return object(schema, known);
  if (type === 'array') return fc.array(roughly(schema['items'] ?? {}, known), { maxLength: 5 });
  if (type === 'integer' || type === 'number') return number(schema);
  if (type === 'boolean') return fc.boolean();
  if (type === 'null') return fc.constant(null);
  if (type === 'string') return text(schema, known);
  return anyJson;
}

/** Required fields may be missing, and others may be there. */
function object(schema: Schema, known: readonly string[]): fc.Arbitrary<unknown> {
  const fields = Object.entries<Schema>(schema['properties'] ?? {});
  const required: readonly string[] = schema['required'] ?? [];
  const parts = fields.map(([name, field]) => {
    const given = roughly(field, known);
    return [name, fc.option(given, { freq: required.includes(name) ? 20 : 2, nil: undefined })];
  });
  return fc
    .tuple(
      fc.record(Object.fromEntries(parts) as Record<string, fc.Arbitrary<unknown>>),
      fc.option(fc.dictionary(anyText, anyJson, { maxKeys: 3 }), { freq: 5, nil: undefined }),
    )
    .map(([body, extra]) => ({ ...body, ...extra }));
}

function number({ type, minimum, maximum }: Schema): fc.Arbitrary<number> {
  const edges = [minimum ?? 0, maximum ?? 100];
  const min = Math.ceil(minimum ?? 0);
  const inside = fc.integer({ min, max: Math.min(maximum ?? min + 1e6, min + 1e6) });
  const around = fc.constantFrom(...edges.flatMap((edge) => [edge - 1, edge, edge + 1]));
  return type === 'integer'
    ? fc.oneof({ weight: 4, arbitrary: inside }, { weight: 1, arbitrary: around })
    : fc.oneof({ weight: 4, arbitrary: inside }, { weight: 1, arbitrary: anyNumber });
}

function text({ pattern, format }: Schema, known: readonly string[]): fc.Arbitrary<string> {
  const fits =
    format === 'date-time'
      ? fc.date({ noInvalidDate: true }).map((date) => date.toISOString())
      : format === 'uri'
        ? fc.constantFrom('http://127.0.0.1:9/', 'https://kdrama.invalid/x', 'ftp://x/', 'http://')
        : pattern === undefined
          ? fc.constantFrom(...known, 'episode1.mkv')
          : matching(pattern);
  return fc.oneof({ weight: 4, arbitrary: fits }, { weight: 2, arbitrary: anyText });
}

/** Texts of a pattern; where fast-check does not know its syntax, any text. */
function matching(pattern: string): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern));
  } catch {
    return anyText;
  }
}

function resolved(schema: Schema): Schema {
  const reference = schema['$ref'];
  if (typeof reference !== 'string') return schema;
  const name = reference.replace('#/components/schemas/', '');
  return resolved(document.components?.schemas?.[name] ?? {});
}
