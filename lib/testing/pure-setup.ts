import { useTestEnv } from './test-env'

useTestEnv()
