import type { Route } from '@/simulator/server/http'
import { machineRoutes } from './machine'
import { observerRoutes } from './observer'
import { paymentRoutes } from './payments'
import { peopleRoutes } from './people'

export const controlRoutes: Route[] = [
  ...peopleRoutes,
  ...paymentRoutes,
  ...machineRoutes,
  ...observerRoutes,
]
