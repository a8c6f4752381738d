import { buildIfChanged } from '@/commands/local/build'

/** The tests see what a visitor sees: the production build of these sources. */
export default async function setup(): Promise<void> {
  await buildIfChanged()
}
