import type { FormEvent } from 'react'
import { Fact } from '@/simulator/client/icons'
import { Price } from '@/simulator/client/price'
import type { Payment } from '@/simulator/client/store'
import { type OrderField, TEST_CARDS } from '@/simulator/wire'
import { Heading } from './heading'
import { patchPayment } from './payments'
import { chooseShipping, sendOrder, verifyPayment } from './submit'

type Field = {
  name: string
  label: string
  autoComplete: string
  type?: 'email' | 'tel'
  optional?: true
}

const FIELDS: Record<OrderField, Field[]> = {
  name: [{ name: 'name', label: 'Name', autoComplete: 'name' }],
  email: [{ name: 'email', label: 'E-mail', autoComplete: 'email', type: 'email' }],
  phone_number: [{ name: 'phone_number', label: 'Phone', autoComplete: 'tel', type: 'tel' }],
  shipping_address: [
    { name: 'street_line1', label: 'Street', autoComplete: 'address-line1' },
    {
      name: 'street_line2',
      label: 'Apartment (optional)',
      autoComplete: 'address-line2',
      optional: true,
    },
    { name: 'city', label: 'City', autoComplete: 'address-level2' },
    {
      name: 'state',
      label: 'Region (optional)',
      autoComplete: 'address-level1',
      optional: true,
    },
    { name: 'post_code', label: 'Postcode', autoComplete: 'postal-code' },
    { name: 'country_code', label: 'Country, two letters', autoComplete: 'country' },
  ],
}

function orderFrom(form: HTMLFormElement, needs: OrderField[]): Payment['order'] {
  const fields = new FormData(form)
  const text = (name: string) => String(fields.get(name) ?? '').trim()
  return {
    ...(needs.includes('name') ? { name: text('name') } : {}),
    ...(needs.includes('email') ? { email: text('email') } : {}),
    ...(needs.includes('phone_number') ? { phone_number: text('phone_number') } : {}),
    ...(needs.includes('shipping_address')
      ? {
          shipping_address: {
            country_code: text('country_code').toUpperCase(),
            state: text('state'),
            city: text('city'),
            street_line1: text('street_line1'),
            street_line2: text('street_line2'),
            post_code: text('post_code'),
          },
        }
      : {}),
  }
}

export function OrderStep({ payment }: { payment: Payment }) {
  const needs = payment.form.needs ?? []
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    void sendOrder(orderFrom(event.currentTarget, needs))
  }
  return (
    <>
      <Heading>Where does it go?</Heading>
      <form className="form" onSubmit={submit}>
        {needs
          .flatMap((need) => FIELDS[need])
          .map(({ name, label, autoComplete, type, optional }) => (
            <label key={name}>
              {label}
              <input
                name={name}
                type={type ?? 'text'}
                autoComplete={autoComplete}
                required={!optional}
              />
            </label>
          ))}
        <p className="form-error" role="alert">
          {payment.message}
        </p>
        <button type="submit" className="button button-wide" aria-busy={payment.busy}>
          Continue
        </button>
      </form>
    </>
  )
}

export function ShippingStep({ payment }: { payment: Payment }) {
  const { form, key, shippingOptions, shippingOptionId } = payment
  return (
    <>
      <Heading>How is it shipped?</Heading>
      <fieldset className="choices">
        <legend className="sr-only">Shipping</legend>
        {shippingOptions.map(({ id, title, prices }) => (
          <label key={id} className="choice">
            <input
              type="radio"
              name="shipping"
              checked={id === shippingOptionId}
              onChange={() => chooseShipping(id)}
            />
            <span className="choice-text">{title}</span>
            <Price
              currency={form.currency}
              amount={prices.reduce((sum, { amount }) => sum + amount, 0)}
            />
          </label>
        ))}
      </fieldset>
      <button
        type="button"
        className="button button-wide"
        onClick={() => patchPayment(key, { step: 'confirm' })}
      >
        Continue
      </button>
    </>
  )
}

const CARDS = [
  { number: TEST_CARDS.good, name: 'Works', end: '4242' },
  { number: TEST_CARDS.declined, name: 'Is declined after the bot agreed', end: '0002' },
  { number: TEST_CARDS.secure, name: 'Asks for 3-D Secure', end: '3220' },
]

export function CardChoice({ payment }: { payment: Payment }) {
  const { key, card, step } = payment
  return (
    <fieldset className="choices" disabled={step === 'pending'}>
      <legend>Test card</legend>
      {CARDS.map(({ number, name, end }) => (
        <label key={number} className="choice">
          <input
            type="radio"
            name="card"
            checked={card === number}
            onChange={() => patchPayment(key, { card: number })}
          />
          <span className="choice-text">{name}</span>
          <span className="choice-end">•••• {end}</span>
        </label>
      ))}
    </fieldset>
  )
}

export function TipChoice({ payment }: { payment: Payment }) {
  const { form, key, tip, step } = payment
  const tips = form.suggested_tip_amounts ?? []
  if (!form.max_tip_amount || tips.length === 0) return null
  return (
    <fieldset className="choices choices-row" disabled={step === 'pending'}>
      <legend>Tip</legend>
      {[0, ...tips].map((amount) => (
        <button
          key={amount}
          type="button"
          className="chip"
          aria-pressed={tip === amount}
          onClick={() => patchPayment(key, { tip: amount })}
        >
          {amount === 0 ? 'None' : <Price currency={form.currency} amount={amount} />}
        </button>
      ))}
    </fieldset>
  )
}

/** The bank's page, which real clients show in a frame of its own. */
export function VerifyStep({ payment }: { payment: Payment }) {
  const { form } = payment
  return (
    <>
      <Heading>Your bank asks</Heading>
      <p className="sheet-text">3-D Secure: is it you who pays this?</p>
      <dl className="facts">
        <Fact label="To">{form.bot.first_name}</Fact>
        <Fact label="Card">•••• {payment.card.slice(-4)}</Fact>
      </dl>
      <button type="button" className="button button-wide" onClick={() => void verifyPayment(true)}>
        Yes, it is me
      </button>
      <button
        type="button"
        className="button button-quiet button-wide"
        onClick={() => void verifyPayment(false)}
      >
        No, refuse
      </button>
    </>
  )
}
