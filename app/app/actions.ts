'use server'

import { createInvoice } from '@/lib/domain/invoices/create-invoice'
import { createInvoiceInput } from '@/lib/domain/invoices/schema'
import { miniAppAction } from '@/lib/web/action'

const buy = miniAppAction(createInvoiceInput, createInvoice)

export async function buyPlan(initData: string, input: Parameters<typeof buy>[1]) {
  return buy(initData, input)
}
