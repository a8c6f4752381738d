import { Prisma } from '@/prisma/generated/client'
import { db } from './db'
import { type JobSpec, jobAttemptsMax } from './jobs'

export type Tx = Prisma.TransactionClient

/** An ordinary short transaction. Nothing inside may wait for the network. */
export function inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return db().$transaction(work, { maxWait: 5000, timeout: 10_000 })
}

/** Adds a job that exists only if the transaction commits. */
export async function addJobIn(tx: Tx, job: JobSpec): Promise<void> {
  await tx.$executeRaw(Prisma.sql`select graphile_worker.add_job(${job.name},
    payload := ${JSON.stringify(job.payload)}::json, job_key := ${job.key},
    max_attempts := ${jobAttemptsMax}::int)`)
}
