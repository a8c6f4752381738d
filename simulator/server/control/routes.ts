import type { Route } from '@/simulator/server/http'
import { loginRoutes } from './login'
import { machineRoutes } from './machine'
import { observerRoutes } from './observer'
import { paymentRoutes } from './payments'
import { peopleRoutes } from './people'
import { stripeRoutes } from './stripe'

export const controlRoutes: Route[] = [
  ...peopleRoutes,
  ...paymentRoutes,
  ...machineRoutes,
  ...observerRoutes,
  ...loginRoutes,
  ...stripeRoutes,
]
