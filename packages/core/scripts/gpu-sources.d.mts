export const NVRTC_OPTIONS: readonly string[];
export const PTX: string;
export const PTX_RECORD: string;
export function gpuSources(): string[];
export function gpuSourcesDigest(): string;
