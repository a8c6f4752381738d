import { receiveStripeEvent } from '@/lib/web/stripe-webhook'

export const POST = (request: Request) => receiveStripeEvent(request)
