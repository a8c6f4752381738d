'use client'

import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { formatMoney, stars } from '@/lib/kit/money'

export type Tone = 'one' | 'two' | 'three' | 'gone'
export type Series = {
  /** The name of the number in each row. */
  key: string
  name: string
  tone: Tone
  /** Bars of one pile stand on each other. */
  shape: 'bar' | 'pile' | 'line'
}
export type PlotRow = { day: string } & Record<string, number | string>
export type PlotProps = {
  rows: readonly PlotRow[]
  series: readonly Series[]
  /** The rows hold money in its smallest unit; null for counts. */
  currency: string | null
}

/** As in overview.module.css. */
const colours: Record<Tone, string> = {
  one: 'var(--link)',
  two: 'var(--good)',
  three: 'var(--text-soft)',
  gone: 'var(--danger)',
}

const number = new Intl.NumberFormat('en')
const compact = new Intl.NumberFormat('en', { notation: 'compact' })
const tick = { fill: 'var(--text-soft)', fontSize: 12 }
const box = {
  background: 'var(--surface)',
  border: '1px solid var(--line)',
  borderRadius: 10,
  color: 'var(--text)',
}

/** Bars and lines by day. It takes the height of what is around it. */
export function Plot({ rows, series, currency }: PlotProps) {
  // The heading says that they are Stars; a picture of one beside every number is noise.
  const show = (amount: number) =>
    currency && currency !== stars ? formatMoney({ amount, currency }) : number.format(amount)
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={[...rows]} margin={{ top: 8, right: 16 }} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="day"
          tick={tick}
          tickFormatter={(day: string) => day.slice(5)}
          minTickGap={24}
          stroke="var(--line)"
        />
        <YAxis
          tick={tick}
          tickFormatter={(amount: number) => short(show(amount), amount)}
          allowDecimals={false}
          width={64}
          stroke="var(--line)"
        />
        <Tooltip
          isAnimationActive={false}
          contentStyle={box}
          cursor={{ fill: 'var(--line)', opacity: 0.4 }}
          formatter={(value) => show(Number(value))}
        />
        {series.map(({ key, name, tone, shape }) =>
          shape === 'line' ? (
            <Line
              key={key}
              dataKey={key}
              name={name}
              stroke={colours[tone]}
              strokeWidth={2}
              dot={false}
              isAnimationActive={false}
            />
          ) : (
            <Bar
              key={key}
              dataKey={key}
              name={name}
              fill={colours[tone]}
              isAnimationActive={false}
              {...(shape === 'pile' ? { stackId: 'pile' } : {})}
            />
          ),
        )}
      </ComposedChart>
    </ResponsiveContainer>
  )
}

/** A long sum takes too much of a phone. */
const short = (text: string, amount: number) => (text.length <= 9 ? text : compact.format(amount))
