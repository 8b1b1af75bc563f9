import { createConnection } from "node:net";

/** Somebody at a router's console, by the RouterOS API: what happens there behind the office's back. */
export async function atRouter(address: string, commands: string[][]): Promise<string[][][]> {
    const [host, port] = address.split(":");
    const socket = createConnection({ host, port: Number(port) });
    let bytes = Buffer.alloc(0);
    let wake = () => {};
    socket.on("data", (data) => {
        bytes = Buffer.concat([bytes, data]);
        wake();
    });
    const answers: string[][][] = [];
    for (const words of [["/login", "=name=ramal", "=password=demo-router"], ...commands]) {
        socket.write(Buffer.concat([...words.map(word), Buffer.from([0])]));
        const answer: string[][] = [];
        while (!answer.some(([kind]) => kind === "!done")) {
            const taken = take(bytes);
            if (!taken) await new Promise<void>((resolve) => (wake = resolve));
            else {
                answer.push(taken.words);
                bytes = bytes.subarray(taken.length);
            }
        }
        answers.push(answer);
    }
    socket.destroy();
    return answers.slice(1);
}

/** The value of an attribute in a reply. */
export function attribute(reply: string[], name: string): string {
    return reply.find((one) => one.startsWith(`=${name}=`))?.slice(name.length + 2) ?? "";
}

/** Short words are all that is needed here, and two bytes are enough for their length. */
function word(text: string): Buffer {
    const bytes = Buffer.from(text);
    const length = bytes.length < 0x80 ? [bytes.length] : [0x80 | (bytes.length >> 8), bytes.length & 0xff];
    return Buffer.concat([Buffer.from(length), bytes]);
}

function take(bytes: Buffer): { words: string[]; length: number } | undefined {
    const words: string[] = [];
    for (let at = 0; at < bytes.length; ) {
        const first = bytes[at] ?? 0;
        if (first === 0) return { words, length: at + 1 };
        const prefix = first < 0x80 ? 1 : 2;
        const length = prefix === 1 ? first : ((first & 0x3f) << 8) | (bytes[at + 1] ?? 0);
        if (at + prefix + length > bytes.length) return undefined;
        words.push(bytes.subarray(at + prefix, at + prefix + length).toString());
        at += prefix + length;
    }
    return undefined;
}
