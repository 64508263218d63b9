package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// issuer is a certificate that may sign others.
type issuer struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

// authority makes and stores the cluster's certificates; the first error stops it.
type authority struct {
	dir  string
	root *issuer
	err  error
}

func (a *authority) write(name, kind string, der []byte) {
	if a.err == nil {
		a.err = os.WriteFile(filepath.Join(a.dir, name), pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600)
	}
}

// issue signs template with parent (itself when nil) and writes NAME.crt and NAME.key. Keys are
// written in SEC 1 form: the API server reads service account keys in no other.
func (a *authority) issue(name string, parent *issuer, template *x509.Certificate) *issuer {
	if a.err != nil {
		return nil
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		a.err = err
		return nil
	}
	if template.SerialNumber, a.err = rand.Int(rand.Reader, big.NewInt(1<<62)); a.err != nil {
		return nil
	}
	template.NotBefore, template.NotAfter = time.Now().Add(-time.Hour), time.Now().AddDate(2, 0, 0)
	template.KeyUsage |= x509.KeyUsageDigitalSignature
	signer := &issuer{template, key}
	if parent != nil {
		signer = parent
	}
	der, err := x509.CreateCertificate(rand.Reader, template, signer.certificate, &key.PublicKey, signer.key)
	if err != nil {
		a.err = err
		return nil
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		a.err = err
		return nil
	}
	keyDER, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		a.err = err
		return nil
	}
	a.write(name+".crt", "CERTIFICATE", der)
	a.write(name+".key", "EC PRIVATE KEY", keyDER)
	return &issuer{certificate, key}
}

// issueAll makes what a cluster on the loopback interface needs.
func issueAll(dir string) (*authority, error) {
	a := &authority{dir: dir}
	serverAuth, clientAuth := x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth
	loopback := net.IPv4(127, 0, 0, 1)
	a.root = a.issue("ca", nil, &x509.Certificate{
		Subject: pkix.Name{CommonName: "kubeone-ca"}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	})
	a.issue("server", a.root, &x509.Certificate{
		Subject:  pkix.Name{CommonName: "kube-apiserver"},
		DNSNames: []string{"localhost", "kubernetes", "kubernetes.default.svc"}, IPAddresses: []net.IP{loopback, net.IPv4(10, 0, 0, 1)},
		ExtKeyUsage: []x509.ExtKeyUsage{serverAuth},
	})
	a.issue("proxy-client", a.root, &x509.Certificate{
		Subject: pkix.Name{CommonName: "front-proxy-client"}, ExtKeyUsage: []x509.ExtKeyUsage{clientAuth},
	})
	a.issue("webhook", a.root, &x509.Certificate{
		Subject:  pkix.Name{CommonName: "webhook"},
		DNSNames: []string{"localhost", "virt-api", "virt-api.kubevirt.svc"}, IPAddresses: []net.IP{loopback},
		ExtKeyUsage: []x509.ExtKeyUsage{serverAuth, clientAuth},
	})
	a.issue("sa", nil, &x509.Certificate{Subject: pkix.Name{CommonName: "service-accounts"}})
	return a, a.err
}
