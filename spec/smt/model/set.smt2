; SPDX-License-Identifier: MIT
; operation: set
; arguments: set-arguments
; result: set-result
; changed by a failure: attributes used
; checks: set-check-1 set-check-2 set-check-3 set-check-4 set-check-5 set-check-6 set-check-7
; never both: set-check-4+set-check-5 set-check-5+set-check-7
; same answer: set-check-3+set-check-4
; same walk: (set-returns (set-log-after other) (set-done result))
; answers alike: (= (set-log-after result) (set-log-after other-result)) (= (set-done result) (set-done other-result))
; example of success: (= before (small-vm 1 true true true page-0)) (= arguments (set-of (log #x0000000000000000 #x00000001 no-flag #xffffffffffffffff #x0000000000000000) true true #x0000000000000001 ((as const (Array (_ BitVec 64) (_ BitVec 8))) #x00)))
; example of failure: (= before (small-vm 1 true true true page-0)) (= arguments (set-of (log #x0000000000000000 #x00000003 no-flag #xffffffffffffffff #x0000000000000000) true true #x0000000000000003 ((as const (Array (_ BitVec 64) (_ BitVec 8))) #x00)))
; uses: state user-memory
; KVM_S390_SET_CMMA_BITS (spec/clauses/set.md).

; The arguments: the struct, whether it can be read, whether allocations succeed, how many bytes of the buffer can be read, and these.
(declare-datatypes ((set-arguments 0)) (((set-of
  (set-log Log) (set-readable Bool) (set-allocates Bool) (set-buffer-bytes (_ BitVec 64)) (set-buffer Bytes)))))

; The result: besides what the caller sees, how many pages took their values. The struct is not written back. SET-2
(declare-datatypes ((set-result 0)) (((set-returns (set-log-after Log) (set-done Gfn)))))

(define-fun set-start ((arguments set-arguments)) Gfn (start-gfn (set-log arguments)))
(define-fun set-count ((arguments set-arguments)) Gfn ((_ zero_extend 32) (count (set-log arguments))))

; A call that ends before its walk.
(define-fun set-ends-at-once
  ((before State) (arguments set-arguments) (after State) (outcome Outcome) (result set-result) (with Outcome)) Bool
  (and (= outcome with) (= (set-log-after result) (set-log arguments)) (= after before)
       (= (set-done result) #x0000000000000000)))

; The struct cannot be read. SET-CHECK-1
(define-fun set-check-1 ((before State) (arguments set-arguments) (result set-result)) Bool
  (not (set-readable arguments)))
(define-fun set-check-1-answer ((before State) (arguments set-arguments) (after State) (outcome Outcome) (result set-result)) Bool
  (set-ends-at-once before arguments after outcome result EFAULT))

; CMMA is not enabled. SET-CHECK-2
(define-fun set-check-2 ((before State) (arguments set-arguments) (result set-result)) Bool
  (not (enabled before)))
(define-fun set-check-2-answer ((before State) (arguments set-arguments) (after State) (outcome Outcome) (result set-result)) Bool
  (set-ends-at-once before arguments after outcome result ENXIO))

; A flag, PEEK too. SET-CHECK-3
(define-fun set-check-3 ((before State) (arguments set-arguments) (result set-result)) Bool
  (not (= (flags (set-log arguments)) no-flag)))
(define-fun set-check-3-answer ((before State) (arguments set-arguments) (after State) (outcome Outcome) (result set-result)) Bool
  (set-ends-at-once before arguments after outcome result EINVAL))

; Too many values. SET-CHECK-4
(define-fun set-check-4 ((before State) (arguments set-arguments) (result set-result)) Bool
  (bvugt (count (set-log arguments)) most-values))
(define-fun set-check-4-answer ((before State) (arguments set-arguments) (after State) (outcome Outcome) (result set-result)) Bool
  (set-ends-at-once before arguments after outcome result EINVAL))

; No values: success, and nothing is done. SET-CHECK-5, SET-USED-2
(define-fun set-check-5 ((before State) (arguments set-arguments) (result set-result)) Bool
  (= (count (set-log arguments)) #x00000000))
(define-fun set-check-5-answer ((before State) (arguments set-arguments) (after State) (outcome Outcome) (result set-result)) Bool
  (set-ends-at-once before arguments after outcome result success))

; No memory for the call. SET-CHECK-6
(define-fun set-check-6 ((before State) (arguments set-arguments) (result set-result)) Bool
  (not (set-allocates arguments)))
(define-fun set-check-6-answer ((before State) (arguments set-arguments) (after State) (outcome Outcome) (result set-result)) Bool
  (set-ends-at-once before arguments after outcome result ENOMEM))

; The values cannot be read. SET-CHECK-7, SET-USED-2
(define-fun set-check-7 ((before State) (arguments set-arguments) (result set-result)) Bool
  (bvugt (set-count arguments) (set-buffer-bytes arguments)))
(define-fun set-check-7-answer ((before State) (arguments set-arguments) (after State) (outcome Outcome) (result set-result)) Bool
  (set-ends-at-once before arguments after outcome result EFAULT))

; The attribute bits that a mask selects: it is in the bit positions of the PGSTE. ABI-8, SET-MASK-2
(define-fun selected-bits ((mask (_ BitVec 64))) Byte
  (bvand ((_ extract 31 24) mask) attribute-bits))

; The selected bits come from the byte, the others stay. SET-MASK-1
(define-fun merged ((old Byte) (value Byte) (selected Byte)) Byte
  (bvor (bvand old (bvnot selected)) (bvand value selected)))

; The walk goes from the start to the count or to the first page that does not exist.
(define-fun set-walk ((before State) (arguments set-arguments) (result set-result)) Bool
  (let ((start (set-start arguments)) (done (set-done result)))
    (and (bvule done (set-count arguments))
         (forall ((page Gfn)) (=> (in-range page start done) (select (exist before) page)))
         (or (= done (set-count arguments))
             (not (select (exist before) (bvadd start done)))))))     ; SET-WALK-2 sum: END-OF-SET

; What it never changes: no page becomes dirty. Migration mode is not asked for. SET-DIRTY-1, SET-1
(define-fun set-keeps ((before State) (after State)) Bool
  (and (keeps-host before after) (keeps-vcpus before after) (keeps-enabled before after) (keeps-migrating before after)
       (keeps-slots before after) (keeps-content before after) (keeps-dirty before after)))

(define-fun set-effect ((before State) (arguments set-arguments) (after State) (outcome Outcome) (result set-result)) Bool
  (let ((start (set-start arguments)))
    (and (= outcome (ite (= (set-done result) (set-count arguments)) success EFAULT)) ; SET-WALK-1
         (= (set-log-after result) (set-log arguments))               ; SET-2
         (forall ((page Gfn))
           (= (select (attributes after) page)
              (ite (in-range page start (set-done result))
                   (merged (select (attributes before) page)
                           (select (set-buffer arguments) (bvsub page start)) ; difference: VALUE-FOR-PAGE
                           (selected-bits (remaining-or-mask (set-log arguments))))
                   (select (attributes before) page))))
         (used after))))                                              ; SET-USED-1

(define-fun set ((before State) (arguments set-arguments) (after State) (outcome Outcome) (result set-result)) Bool
  (and (set-keeps before after)
  (ite (set-check-1 before arguments result) (set-check-1-answer before arguments after outcome result)
  (ite (set-check-2 before arguments result) (set-check-2-answer before arguments after outcome result)
  (ite (set-check-3 before arguments result) (set-check-3-answer before arguments after outcome result)
  (ite (set-check-4 before arguments result) (set-check-4-answer before arguments after outcome result)
  (ite (set-check-5 before arguments result) (set-check-5-answer before arguments after outcome result)
  (ite (set-check-6 before arguments result) (set-check-6-answer before arguments after outcome result)
  (ite (set-check-7 before arguments result) (set-check-7-answer before arguments after outcome result)
  (and (set-walk before arguments result) (set-effect before arguments after outcome result)))))))))))
