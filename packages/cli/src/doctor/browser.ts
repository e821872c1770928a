import { LabproofError } from '@labproof/core';
import { describeBrowser, startBrowser } from '@labproof/report';
import type { Finding } from './finding.ts';

/** Whether PDFs can be printed: a browser is there, and it starts. */
export async function browserFinding(): Promise<Finding> {
  const finding = { subject: 'browser for PDF', required: false };
  const { available, summary, fix } = await describeBrowser();
  if (!available) return { ...finding, ok: false, message: summary, fix };
  try {
    const browser = await startBrowser();
    const version = await browser.version();
    await browser.close();
    return { ...finding, ok: true, message: `${summary}; ${version} starts`, fix: null };
  } catch (error) {
    if (!(error instanceof LabproofError)) throw error;
    return { ...finding, ok: false, message: error.message, fix: error.fix };
  }
}
