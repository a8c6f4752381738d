import { after } from 'next/server'
import { receiveUpdate } from '@/lib/bot/webhook'

export const POST = (request: Request) => receiveUpdate(request, (work) => after(work))
