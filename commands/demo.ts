import { runLocally } from './local/run-locally'

await runLocally('production')
