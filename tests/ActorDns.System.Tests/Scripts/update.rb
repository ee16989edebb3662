# Replaces the address of ruby.example with dnsruby and prints the rcode of the reply, whose signature the library checks.
# Usage: update.rb PORT KEY SECRET nxdomain|yxdomain ADDRESS
require 'dnsruby'

port, key, secret, prerequisite, address = ARGV
resolver = Dnsruby::SingleResolver.new(server: '127.0.0.1', port: port.to_i)
resolver.src_address = '127.0.0.1'
update = Dnsruby::Update.new('example')
prerequisite == 'nxdomain' ? update.absent('ruby.example.') : update.present('ruby.example.')
update.delete('ruby.example.', 'A')
update.add('ruby.example.', 'A', 60, address)
resolver.tsig = Dnsruby::RR.create(
  name: key, type: 'TSIG', ttl: 0, klass: 'ANY', algorithm: 'hmac-sha256', fudge: 300, key: secret, error: 0)
begin
  reply = resolver.send_message(update)
  puts "#{reply.rcode} #{reply.verified? ? 'verified' : 'not verified'}"
rescue Dnsruby::YXDomain
  puts 'YXDOMAIN'
end
