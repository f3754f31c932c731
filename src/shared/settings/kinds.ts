import { z } from 'zod';

/** What a setting may be, and how the text of a variable becomes it. */

export const asIs = (text: string) => text;
export const text = { schema: z.string().optional(), fromText: asIs } as const;
export const words = (all: string) => all.split(',').filter(Boolean);
export const list = { schema: z.array(z.string()).default([]), fromText: words } as const;
const yesNoWords = new Map(Object.entries({ true: true, false: false, 1: true, 0: false }));
export const yesNo = {
  schema: z.boolean().default(false),
  fromText: (word: string) => yesNoWords.get(word) ?? word,
} as const;

/** A whole number that is at least 1; without a default it means "no limit". */
export function wholeNumber(unit: string) {
  return {
    schema: z.number(`expected a whole number of ${unit}`).int().positive().optional(),
    fromText: Number,
  };
}

export function withDefault(number: ReturnType<typeof wholeNumber>, value: number) {
  return { schema: number.schema.unwrap().default(value), fromText: number.fromText };
}

export const twoTimes = {
  schema: z
    .string()
    .regex(
      /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/,
      'expected HH:MM-HH:MM, two times of the day',
    )
    .refine((said) => said.slice(0, 5) !== said.slice(6), 'expected two different times')
    .optional(),
  fromText: asIs,
} as const;

export const locationPath = {
  schema: z
    .string()
    .regex(/^\/(?:[A-Za-z0-9_-]+\/)+$/, 'expected a path that begins and ends with /')
    .optional(),
  fromText: asIs,
} as const;

export const percent = {
  schema: z
    .number('expected a whole number of percent')
    .int()
    .min(1, 'expected 1 to 100')
    .max(100, 'expected 1 to 100')
    .optional(),
  fromText: Number,
} as const;

export function oneOf<const Word extends string>(
  allowed: readonly Word[],
  otherwise: NoInfer<Word>,
) {
  return { schema: z.enum(allowed).default(() => otherwise), fromText: asIs };
}
