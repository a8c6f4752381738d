'use client'

import { useState } from 'react'
import form from '@/components/admin/form.module.css'
import { Button } from '@/components/ui/button'
import { logoBytesMax, pictureIn } from '@/lib/domain/settings/picture'
import { settingsWords as words } from '@/lib/messages/admin-settings'

/** A picture chosen from this device; it goes to the server only with "Save". */
export function LogoField({ logo, onChange }: { logo: string; onChange: (logo: string) => void }) {
  const [problem, setProblem] = useState<string>()
  const [label, hint] = words.fields.logo

  const choose = async (file: File) => {
    if (file.size > logoBytesMax) return setProblem(words.logoTooLarge)
    const url = await read(file)
    if (!pictureIn(url)) return setProblem(words.logoUnknown)
    setProblem(undefined)
    onChange(url)
  }
  return (
    <div className={form.field}>
      <label className={form.field}>
        <span>{label}</span>
        <input
          type="file"
          accept="image/png,image/webp,image/jpeg"
          className={form.input}
          onChange={({ target }) => {
            const file = target.files?.[0]
            if (file) void choose(file)
          }}
        />
        <small className={form.hint}>{hint}</small>
      </label>
      {problem ? (
        <p role="alert" className={form.problem}>
          {problem}
        </p>
      ) : null}
      {logo ? (
        <Button look="soft" onPress={() => onChange('')}>
          {words.removeLogo}
        </Button>
      ) : null}
    </div>
  )
}

function read(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })
}
