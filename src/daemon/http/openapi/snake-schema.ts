import { z } from 'zod';
import { errorBody } from '../../../shared/contract/index.js';
import { snakeCase } from '../request/snake-case.js';

/** One renamed schema for each, so that the document describes it once. */
const renamed = new WeakMap<z.ZodType, z.ZodType>();

/** The same schema with its keys in snake_case, as the singular `/job…` family speaks. */
export function snakeSchema(schema: z.ZodType): z.ZodType {
  const made = renamed.get(schema) ?? rename(schema);
  renamed.set(schema, made);
  return made;
}

function rename(schema: z.ZodType): z.ZodType {
  if (schema === errorBody) return schema; // errors have one form everywhere
  if (schema instanceof z.ZodObject) return snakeObject(schema);
  if (schema instanceof z.ZodArray) return z.array(snakeSchema(schema.element as z.ZodType));
  if (schema instanceof z.ZodNullable) return snakeSchema(schema.unwrap() as z.ZodType).nullable();
  if (schema instanceof z.ZodOptional) return snakeSchema(schema.unwrap() as z.ZodType).optional();
  return schema;
}

function snakeObject(schema: z.ZodObject): z.ZodType {
  const fields = Object.entries<z.ZodType>(schema.shape);
  const shape = fields.map(([name, field]) => [snakeCase(name), snakeSchema(field)] as const);
  const id = z.globalRegistry.get(schema)?.id;
  const inSnakeCase = z.object(Object.fromEntries(shape));
  return id === undefined ? inSnakeCase : inSnakeCase.meta({ id: `${id}SnakeCase` });
}
