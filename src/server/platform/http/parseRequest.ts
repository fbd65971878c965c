import type { FastifyRequest } from 'fastify'
import type * as v from 'valibot'
import { check } from '#shared/protocol/parse.ts'

/** @throws AppError `protocol/malformed` with the field */
export function parseBody<S extends v.GenericSchema>(
  schema: S,
  request: FastifyRequest,
): v.InferOutput<S> {
  return parsed(schema, request.body)
}

/** @throws AppError `protocol/malformed` with the field */
export function parseQuery<S extends v.GenericSchema>(
  schema: S,
  request: FastifyRequest,
): v.InferOutput<S> {
  return parsed(schema, request.query)
}

/** @throws AppError `protocol/malformed` with the field */
export function parseParams<S extends v.GenericSchema>(
  schema: S,
  request: FastifyRequest,
): v.InferOutput<S> {
  return parsed(schema, request.params)
}

function parsed<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
  const result = check(schema, value)
  if (!result.ok) throw result.error
  return result.value
}
