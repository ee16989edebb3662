# usage: tsig.py PORT NAME TYPE [key=NAME] [algorithm=NAME] [secret=BASE64] [skew=SECONDS] [mac=OCTETS] [opcode=N] [source=ADDRESS] [udp]
# One request over TCP (or UDP), signed octet by octet with Python's own HMAC, and one line about the first message of the reply. Nothing of
# this is shared with the server or with a DNS library's TSIG code: dnspython only makes the question and reads names.
import base64, hashlib, hmac, socket, struct, sys, time
import dns.message, dns.name, dns.opcode, dns.rcode, dns.rdatatype

NAMES = {'hmac-md5': ('hmac-md5.sig-alg.reg.int', 'md5'), 'hmac-sha256-128': ('hmac-sha256', 'sha256')}
ERRORS = {0: 'NOERROR', 16: 'BADSIG', 17: 'BADKEY', 18: 'BADTIME', 22: 'BADTRUNC'}


def time48(seconds):
    return struct.pack('!HI', seconds >> 32, seconds & 0xFFFFFFFF)


def variables(key, algorithm, signed, fudge, error, other):
    return (key.canonicalize().to_wire() + struct.pack('!HI', 255, 0) + algorithm.canonicalize().to_wire()
            + time48(signed) + struct.pack('!HHH', fudge, error, len(other)) + other)


def records(wire):
    at = 12
    for _ in range(struct.unpack_from('!H', wire, 4)[0]):
        at += dns.name.from_wire(wire, at)[1] + 4
    for section in range(3):
        for _ in range(struct.unpack_from('!H', wire, 6 + 2 * section)[0]):
            start = at
            owner, used = dns.name.from_wire(wire, at)
            at += used
            rtype, _, _, length = struct.unpack_from('!HHIH', wire, at)
            at += 10
            yield section, start, owner, rtype, wire[at:at + length]
            at += length


port, owner, rtype = int(sys.argv[1]), sys.argv[2], sys.argv[3]
given = dict(argument.partition('=')[::2] for argument in sys.argv[4:])
query = dns.message.make_query(owner, rtype, use_edns=0)
query.set_opcode(int(given.get('opcode', 0)))
request, request_mac = query.to_wire(), b''
if 'key' in given:
    key = dns.name.from_text(given['key'])
    text = given.get('algorithm', 'hmac-sha256')
    algorithm_name, digest = NAMES.get(text, (text, text.removeprefix('hmac-')))
    algorithm, secret = dns.name.from_text(algorithm_name), base64.b64decode(given['secret'])
    signed = int(time.time()) + int(given.get('skew', 0))
    request_mac = hmac.digest(secret, request + variables(key, algorithm, signed, 300, 0, b''), digest)
    request_mac = request_mac[:int(given.get('mac', len(request_mac)))]
    rdata = (algorithm.to_wire() + time48(signed) + struct.pack('!HH', 300, len(request_mac)) + request_mac
             + request[:2] + struct.pack('!HH', 0, 0))
    request = (request[:10] + struct.pack('!H', struct.unpack_from('!H', request, 10)[0] + 1) + request[12:]
               + key.to_wire() + struct.pack('!HHIH', 250, 255, 0, len(rdata)) + rdata)

kind = socket.SOCK_DGRAM if 'udp' in given else socket.SOCK_STREAM
with socket.socket(socket.AF_INET, kind) as connection:
    connection.settimeout(20)
    connection.bind((given.get('source', '127.0.0.1'), 0))
    connection.connect(('127.0.0.1', port))
    if 'udp' in given:
        connection.send(request)
        reply = connection.recv(65535)
    else:
        connection.sendall(struct.pack('!H', len(request)) + request)
        stream = connection.makefile('rb')
        reply = stream.read(struct.unpack('!H', stream.read(2))[0])

answers, ede, tsig = 0, '-', 'unsigned'
for section, start, name, found, rdata in records(reply):
    if section == 0:
        answers += 1
    if found == 41:
        at = 0
        while at < len(rdata):
            code, length = struct.unpack_from('!HH', rdata, at)
            if code == 15:
                ede = struct.unpack_from('!H', rdata, at + 4)[0]
            at += 4 + length
    if found == 250:
        used, used_bytes = dns.name.from_wire(rdata, 0)
        signed_there = int.from_bytes(rdata[used_bytes:used_bytes + 6], 'big')
        fudge, size = struct.unpack_from('!HH', rdata, used_bytes + 6)
        mac = rdata[used_bytes + 10:used_bytes + 10 + size]
        original, error, length = struct.unpack_from('!HHH', rdata, used_bytes + 10 + size)
        other = rdata[used_bytes + 16 + size:]
        covered = (struct.pack('!H', original) + reply[2:10] + struct.pack('!H', struct.unpack_from('!H', reply, 10)[0] - 1)
                   + reply[12:start] + variables(name, used, signed_there, fudge, error, other))
        expected = hmac.digest(secret, struct.pack('!H', len(request_mac)) + request_mac + covered, digest)
        verified = size > 0 and mac == expected[:size]
        clock = int.from_bytes(other, 'big') - int(time.time()) if length == 6 else 0
        tsig = (f'{name.to_text(True).lower()} {ERRORS.get(error, error)} mac={size} verified={verified} other={length} '
                f'clock={"right" if abs(clock) < 60 else clock} repeats={signed_there == signed}')
print(f'{dns.rcode.to_text(reply[3] & 15)} answers={answers} ede={ede} tsig: {tsig}')
