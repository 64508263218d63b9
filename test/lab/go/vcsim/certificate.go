package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"strings"
	"sync/atomic"
	"time"
)

// rotatingCertificate lets a running server change its certificate, as a renewed or an impostor
// vCenter would, without losing its port.
type rotatingCertificate struct {
	pair atomic.Pointer[tls.Certificate]
}

func (r *rotatingCertificate) current() *tls.Certificate { return r.pair.Load() }

func (r *rotatingCertificate) load(certFile, keyFile string) error {
	if certFile == "" {
		return r.rotate()
	}
	if keyFile == "" {
		keyFile = certFile
	}
	pair, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err == nil {
		r.pair.Store(&pair)
	}
	return err
}

// rotate makes a new self-signed certificate for the loopback names.
func (r *rotatingCertificate) rotate() error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	if err != nil {
		return err
	}
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "vcsim", Organization: []string{"vCenter simulator"}},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(2, 0, 0),
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, IsCA: true, BasicConstraintsValid: true,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames:    []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return err
	}
	r.pair.Store(&tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key})
	return nil
}

// configForClient is asked on every handshake, also by clients that connect to an address and
// send no server name (GetCertificate is not).
func (r *rotatingCertificate) configForClient(*tls.ClientHelloInfo) (*tls.Config, error) {
	return &tls.Config{
		Certificates: []tls.Certificate{*r.current()},
		NextProtos:   []string{"http/1.1"},
		ClientAuth:   tls.RequestClientCert,
	}, nil
}

func colons(sum []byte) string {
	parts := make([]string, len(sum))
	for i, b := range sum {
		parts[i] = fmt.Sprintf("%02X", b)
	}
	return strings.Join(parts, ":")
}

func (r *rotatingCertificate) fingerprints() (sha256Hex, sha1Hex, pemText string) {
	der := r.current().Certificate[0]
	s256, s1 := sha256.Sum256(der), sha1.Sum(der)
	return colons(s256[:]), colons(s1[:]), string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}
